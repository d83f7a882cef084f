import type { VNode } from "preact";
import type { CallState } from "../task";
import * as texts from "../texts";
import type { ThoughtRow, ToolCall, ToolCallRow } from "../wire";
import { Args } from "./Args";
import { CallLabel } from "./CallLabel";
import { Disclosure } from "./Disclosure";
import { Icon } from "./Icon";
import { memo } from "./memo";
import { Output } from "./Output";
import { StepDuration, StepStatus } from "./StepStatus";
import { toolIcon } from "./toolIcon";
import { ROW_LIMIT, Visible } from "./Visible";

interface ThoughtProps {
  row: ThoughtRow;
  /** Whether the agent is at it now. */
  thinking: boolean;
}

export const Thought = memo(({ row, thinking }: ThoughtProps): VNode => {
  const label = (
    <>
      <span class="sigmic-step__icon">
        <Icon name="thought" />
      </span>
      <span class="sigmic-step__label">
        <span class="sigmic-step__name">
          <Visible prose text={row.subject || texts.timeline.untitled} limit={ROW_LIMIT} />
        </span>
      </span>
      <StepStatus state={thinking ? "thinking" : null} words="" />
      <StepDuration row={row} state={null} />
    </>
  );
  return (
    <li class="sigmic-step sigmic-step--thought">
      {row.description === "" ? (
        <div class="sigmic-step__row">{label}</div>
      ) : (
        <Disclosure rowClass="sigmic-step__row" row={label}>
          {() => (
            <div class="sigmic-step__body">
              <p class="sigmic-step__text">
                <Visible prose text={row.description} />
              </p>
            </div>
          )}
        </Disclosure>
      )}
    </li>
  );
});

interface CallProps {
  row: ToolCallRow;
  call: ToolCall;
  state: CallState | null;
}

export const Call = memo(({ row, call, state }: CallProps): VNode => {
  const label = (
    <>
      <span class="sigmic-step__icon">
        <Icon name={toolIcon(call.tool_name)} />
      </span>
      <span class="sigmic-step__label">
        <CallLabel call={call} />
      </span>
      <StepStatus state={state} words={call.status} />
      <StepDuration row={row} state={state} />
    </>
  );
  return (
    <li class="sigmic-step sigmic-step--tool">
      <Disclosure rowClass="sigmic-step__row" row={label}>
        {() => (
          <div class="sigmic-step__body">
            {call.description && (
              <p class="sigmic-step__text">
                {texts.approval.agentSays} <Visible prose text={texts.approval.quoted(call.description)} />
              </p>
            )}
            <Args call={call} />
            {call.output !== null && call.output !== "" && <Output text={call.output} />}
          </div>
        )}
      </Disclosure>
    </li>
  );
});
