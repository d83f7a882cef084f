import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import * as texts from "../texts";
import { useUniqueId } from "./context";
import { DecideButton } from "./DecideButton";
import type { Decide } from "./useDecide";
import type { SightedCard } from "./useSights";

interface Props {
  /** Those that ask. */
  cards: SightedCard[];
  isSeen: (card: SightedCard) => boolean;
  decide: Decide;
}

/** Approves the calls that are on screen at the click, each by a decision of its own. */
export function ApproveAll({ cards, isSeen, decide }: Props): VNode | null {
  const hintId = useUniqueId();
  const root = useRef<HTMLDivElement>(null);
  if (cards.length < 2) return null;
  const unseen = cards.filter((card) => !isSeen(card)).length;
  const onDecide = (): void => {
    root.current?.parentElement?.focus({ preventScroll: true });
    for (const { sight } of cards) decide(sight, "proceed_once");
  };
  return (
    <div ref={root} class="sigmic-approvals__all">
      <span id={hintId}>
        {unseen > 0 ? texts.approval.all.unseen(cards.length, unseen) : texts.approval.all.hint}
      </span>
      <DecideButton barredBy={unseen > 0 ? hintId : null} onDecide={onDecide}>
        {texts.approval.all.button(cards.length)}
      </DecideButton>
    </div>
  );
}
