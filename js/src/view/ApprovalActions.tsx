import type { VNode } from "preact";
import type { CardState } from "../task";
import * as texts from "../texts";
import type { Outcome } from "../wire";
import { DecideButton } from "./DecideButton";
import { Icon } from "./Icon";

interface Props {
  state: CardState;
  /** The id of what stands before approving; null: nothing. */
  barredBy: string | null;
  onDecide: (outcome: Outcome, reason?: string | null) => void;
  onStep: (step: "always" | "reason") => void;
}

export function ApprovalActions({ state, barredBy, onDecide, onStep }: Props): VNode | null {
  if (state.kind === "sending") return null;
  const failed = state.kind === "failed" ? state : null;
  const retry = failed && (
    <DecideButton
      look="primary"
      barredBy={failed.outcome === "cancel" ? null : barredBy}
      onDecide={() => onDecide(failed.outcome, failed.reason)}
    >
      <Icon name="retry" small />
      {texts.retries[failed.outcome]}
    </DecideButton>
  );
  const rejection = failed?.outcome === "cancel" && retry;
  return (
    <div class="sigmic-approval__actions">
      {rejection || <DecideButton onDecide={() => onDecide("cancel")}>{texts.approval.reject}</DecideButton>}
      {(!rejection && retry) || (
        <DecideButton
          {...(!retry && { look: "primary" })}
          barredBy={barredBy}
          onDecide={() => onDecide("proceed_once")}
        >
          {texts.approval.approveOnce}
        </DecideButton>
      )}
      {!retry && (
        <>
          <DecideButton barredBy={barredBy} onDecide={() => onStep("always")}>
            {texts.approval.always}
          </DecideButton>
          <DecideButton look="quiet" class="sigmic-approval__actions-end" onDecide={() => onStep("reason")}>
            {texts.approval.rejectWithReason}
          </DecideButton>
        </>
      )}
    </div>
  );
}
