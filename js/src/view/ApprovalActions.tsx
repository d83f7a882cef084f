import type { VNode } from "preact";
import type { CardState } from "../task";
import { texts } from "../texts";
import type { Outcome } from "../wire";
import { Button } from "./Button";
import { DecideButton } from "./DecideButton";
import { Icon } from "./Icon";

interface Props {
  state: CardState;
  onDecide: (outcome: Outcome) => void;
  onAlways: () => void;
}

export function ApprovalActions({ state, onDecide, onAlways }: Props): VNode | null {
  if (state.kind === "sending") return null;
  if (state.kind === "asking") {
    return (
      <div class="sigmic-approval__actions">
        <DecideButton onDecide={() => onDecide("cancel")}>{texts.approval.reject}</DecideButton>
        <DecideButton primary onDecide={() => onDecide("proceed_once")}>
          {texts.approval.approveOnce}
        </DecideButton>
        <Button onClick={onAlways}>{texts.approval.always}</Button>
      </div>
    );
  }
  const retry = (
    <DecideButton primary onDecide={() => onDecide(state.outcome)}>
      <Icon name="retry" small />
      {texts.approval.retry[state.outcome]}
    </DecideButton>
  );
  return (
    <div class="sigmic-approval__actions">
      {state.outcome === "cancel" ? (
        <>
          {retry}
          <DecideButton onDecide={() => onDecide("proceed_once")}>{texts.approval.approveOnce}</DecideButton>
        </>
      ) : (
        <>
          <DecideButton onDecide={() => onDecide("cancel")}>{texts.approval.reject}</DecideButton>
          {retry}
        </>
      )}
    </div>
  );
}
