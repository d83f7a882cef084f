import type { VNode } from "preact";
import * as texts from "../texts";
import type { Outcome } from "../wire";
import { CardStep } from "./CardStep";
import { DecideButton } from "./DecideButton";

interface Props {
  reason: string;
  onReason: (reason: string) => void;
  onBack: () => void;
  onDecide: (outcome: Outcome, reason: string | null) => void;
}

/** Rejecting with a reason, told as the two steps that it is. Enter is a new line: only the button decides. */
export function ReasonStep({ reason, onReason, onBack, onDecide }: Props): VNode {
  return (
    <CardStep
      title={texts.approval.reasonTitle}
      aside={texts.approval.reasonAside}
      onBack={onBack}
      action={
        <DecideButton look="primary" onDecide={() => onDecide("cancel", reason.trim() || null)}>
          {texts.approval.reject}
        </DecideButton>
      }
    >
      <ol class="sigmic-approval__parts">
        {texts.reasonParts.map((part) => (
          <li>{part}</li>
        ))}
      </ol>
      <textarea
        class="sigmic-field"
        aria-label={texts.approval.reasonLabel}
        placeholder={texts.approval.reasonLabel}
        rows={2}
        value={reason}
        onInput={({ currentTarget }) => onReason(currentTarget.value)}
      />
    </CardStep>
  );
}
