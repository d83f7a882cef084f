import type { VNode } from "preact";
import type { Card } from "../task";
import { texts } from "../texts";
import { Approval } from "./Approval";
import type { Decide } from "./useDecide";

interface Props {
  cards: Card[];
  decide: Decide;
}

export function Approvals({ cards, decide }: Props): VNode | null {
  if (cards.length === 0) return null;
  return (
    <section class="sigmic-approvals" aria-label={texts.approval.section}>
      {cards.map((card) => (
        <Approval key={card.call.call_id} card={card} decide={decide} />
      ))}
    </section>
  );
}
