import { useMemo, useRef } from "preact/hooks";
import { look, type Sight } from "../sight";
import type { Card } from "../task";

/** A card with what it shows. */
export type SightedCard = Card & { sight: Sight };

/** Remembers what each card showed, so that a change is seen. As long as the cards are the same, so is what it returns. */
export function useSights(cards: Card[], now: () => number): SightedCard[] {
  const last = useRef(new Map<string, Sight>());
  return useMemo(() => {
    const sighted = cards.map((card) => ({
      ...card,
      sight: look(card.call, last.current.get(card.call.call_id), now()),
    }));
    last.current = new Map(sighted.map(({ call, sight }) => [call.call_id, sight]));
    return sighted;
  }, [cards, now]);
}
