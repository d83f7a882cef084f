import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import { Approval } from "./Approval";
import { ApproveAll } from "./ApproveAll";
import { useTrusted } from "./context";
import { memo } from "./memo";
import type { Decide } from "./useDecide";
import { SettledContext, useSettled } from "./useSettled";
import type { SightedCard } from "./useSights";

interface Props {
  model: TaskModel;
  cards: SightedCard[];
  decide: Decide;
  /** Whether there is nobody to take a decision. */
  gone: boolean;
}

export const Approvals = memo(({ model, cards, decide, gone }: Props): VNode | null => {
  /** Which version of a call's arguments the reader has seen to their end. */
  const [seen, setSeen] = useState<ReadonlyMap<string, number>>(new Map());
  const settled = useSettled(
    JSON.stringify(
      cards.map(({ call, state, sight }) => [call.call_id, sight.version, state, call.description]),
    ),
  );
  // While a button is held down the kernel looks whether the call is still what it was.
  const look = useTrusted(() => model.send({ command: "look" }));
  if (cards.length === 0) return null;
  const isSeen = ({ call, sight }: SightedCard): boolean => seen.get(call.call_id) === sight.version;
  const onSee = ({ call, sight }: SightedCard, all: boolean): void =>
    setSeen((before) => {
      const version = all ? sight.version : -1;
      return before.get(call.call_id) === version ? before : new Map(before).set(call.call_id, version);
    });
  return (
    <SettledContext.Provider value={settled}>
      <fieldset
        class="sigmic-approvals"
        aria-label={texts.approval.section}
        tabIndex={-1}
        disabled={gone}
        onPointerDown={(event) => (event.target as Element).closest("button") && look(event)}
      >
        {cards.map((card) => (
          <Approval
            key={card.call.call_id}
            card={card}
            seen={isSeen(card)}
            onSee={(all) => onSee(card, all)}
            decide={decide}
          />
        ))}
        <ApproveAll
          cards={cards.filter(({ state }) => state.kind === "asking")}
          isSeen={isSeen}
          decide={decide}
        />
      </fieldset>
    </SettledContext.Provider>
  );
});
