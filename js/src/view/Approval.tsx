import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { sentences } from "../format";
import type { Card } from "../task";
import { texts } from "../texts";
import type { Outcome } from "../wire";
import { AlwaysStep } from "./AlwaysStep";
import { ApprovalActions } from "./ApprovalActions";
import { ApprovalTitle } from "./ApprovalTitle";
import { Args } from "./Args";
import { useUniqueId } from "./context";
import type { Decide } from "./useDecide";

interface Props {
  card: Card;
  decide: Decide;
}

/** A call that waits: asked about, on its way to the service, or not delivered. */
export function Approval({ card, decide }: Props): VNode {
  const { call, state } = card;
  const titleId = useUniqueId();
  const root = useRef<HTMLDivElement>(null);
  const [always, setAlways] = useState(false);
  const onDecide = (outcome: Outcome): void => {
    // The button goes away; without this the focus would fall back to the page.
    root.current?.focus({ preventScroll: true });
    setAlways(false);
    decide(call, outcome);
  };
  return (
    <div
      ref={root}
      class={`sigmic-approval sigmic-approval--${state.kind}`}
      role="group"
      aria-labelledby={titleId}
      aria-busy={state.kind === "sending"}
      tabIndex={-1}
    >
      <ApprovalTitle id={titleId} call={call} state={state} />
      {state.kind === "asking" && call.description && (
        <p class="sigmic-approval__description">
          <span class="sigmic-approval__source">{texts.approval.agentSays}</span>{" "}
          {texts.approval.quoted(call.description)}
        </p>
      )}
      {state.kind === "asking" && call.policy_error && (
        <p class="sigmic-approval__description sigmic-approval__source">
          {texts.approval.policyFailed(call.policy_error)}
        </p>
      )}
      {state.kind === "failed" && (
        <p class="sigmic-approval__description">
          {sentences(state.error.message, state.error.hint, texts.approval.stillWaits)}
        </p>
      )}
      {state.kind === "sending" && state.slow && (
        <p class="sigmic-approval__description">{texts.kernelBusy}</p>
      )}
      <Args args={call.args} bar={state.kind === "asking"} boxed />
      {always && state.kind === "asking" ? (
        <AlwaysStep tool={call.tool_name} onBack={() => setAlways(false)} onDecide={onDecide} />
      ) : (
        <ApprovalActions state={state} onDecide={onDecide} onAlways={() => setAlways(true)} />
      )}
    </div>
  );
}
