import type { VNode } from "preact";
import type { Card } from "../task";
import { texts } from "../texts";
import { Approval } from "./Approval";
import type { Decide } from "./useDecide";
import { SettledContext, useSettled } from "./useSettled";

interface Props {
  cards: Card[];
  decide: Decide;
}

export function Approvals({ cards, decide }: Props): VNode | null {
  const settled = useSettled(cards.map(({ call, state }) => `${call.call_id} ${state.kind}`).join());
  if (cards.length === 0) return null;
  return (
    <SettledContext.Provider value={settled}>
      <section class="sigmic-approvals" aria-label={texts.approval.section}>
        {cards.map((card) => (
          <Approval key={card.call.call_id} card={card} decide={decide} />
        ))}
      </section>
    </SettledContext.Provider>
  );
}
