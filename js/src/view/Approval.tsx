import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Outcome } from "../wire";
import { AlwaysStep } from "./AlwaysStep";
import { ApprovalActions } from "./ApprovalActions";
import { ApprovalNotes } from "./ApprovalNotes";
import { ApprovalTitle } from "./ApprovalTitle";
import { ArgsBox } from "./ArgsBox";
import { useUniqueId } from "./context";
import { Gate } from "./Gate";
import { ReasonStep } from "./ReasonStep";
import type { Decide } from "./useDecide";
import { useExtent } from "./useExtent";
import type { SightedCard } from "./useSights";

interface Props {
  card: SightedCard;
  /** Whether all of the arguments, as they are now, have been in sight. */
  seen: boolean;
  onSee: (seen: boolean) => void;
  decide: Decide;
}

interface Step {
  kind: "always" | "reason";
  version: number;
}

/** A call that waits: asked about, on its way to the service, or not delivered. */
export function Approval({ card, seen, onSee, decide }: Props): VNode {
  const { state, sight } = card;
  const titleId = useUniqueId();
  const root = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [reason, setReason] = useState("");
  const [raw, setRaw] = useState(false);
  const [box, extent] = useExtent(`${sight.version} ${raw}`, () => onSee(true));
  const gateId = `${titleId}-gate`;
  const barredBy = seen ? null : gateId;
  const sending = state.kind === "sending";
  const onDecide = (outcome: Outcome, why: string | null = null): void => {
    // The button goes away; without this the focus would fall back to the page.
    root.current?.focus({ preventScroll: true });
    setStep(null);
    decide(sight, outcome, why);
  };
  const actions = (): VNode | null => {
    if (state.kind === "asking" && step?.kind === "reason") {
      return (
        <ReasonStep reason={reason} onReason={setReason} onBack={() => setStep(null)} onDecide={onDecide} />
      );
    }
    // What it grants is this call as it was when the step was opened.
    if (state.kind === "asking" && step?.version === sight.version) {
      return (
        <AlwaysStep
          tool={sight.call.tool_name}
          barredBy={barredBy}
          onBack={() => setStep(null)}
          onDecide={onDecide}
        />
      );
    }
    const onStep = (kind: Step["kind"]): void => setStep({ kind, version: sight.version });
    return <ApprovalActions state={state} barredBy={barredBy} onDecide={onDecide} onStep={onStep} />;
  };
  return (
    <div
      ref={root}
      class={`sigmic-approval sigmic-approval--${state.kind}`}
      role="group"
      aria-labelledby={titleId}
      aria-busy={sending}
      tabIndex={-1}
    >
      <ApprovalTitle id={titleId} card={card} />
      <ApprovalNotes card={card} />
      <ArgsBox sight={sight} box={box} extent={extent} raw={raw} onRaw={() => setRaw(!raw)} bar={!sending} />
      {extent && !sending && <Gate id={gateId} characters={sight.characters} seen={seen} onSee={onSee} />}
      {actions()}
    </div>
  );
}
