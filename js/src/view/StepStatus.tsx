import type { VNode } from "preact";
import { duration, wholeSeconds } from "../format";
import { type CallState, rowDuration } from "../task";
import * as texts from "../texts";
import type { TimelineRow } from "../wire";
import { useNow } from "./context";
import { Icon, type IconName } from "./Icon";
import { STATUS_LIMIT } from "./Status";
import { Visible } from "./Visible";

const icons: { [K in CallState | "thinking"]: IconName } = {
  thinking: "running",
  pending: "pending",
  waiting: "waiting",
  deciding: "running",
  running: "running",
  success: "check",
  failed: "failed",
  rejected: "failed",
  cancelled: "cancelled",
  unfinished: "cancelled",
};

interface StatusProps {
  state: CallState | "thinking" | null;
  /** Shown where the state is not known. */
  words: string;
}

/** Success is a check alone, every other status is written out. */
export function StepStatus({ state, words }: StatusProps): VNode {
  if (state === null)
    return (
      <span class="sigmic-step__status">
        <span>
          <Visible text={words} limit={STATUS_LIMIT} />
        </span>
      </span>
    );
  const text = state === "thinking" ? texts.timeline.thinking : texts.callStatus[state];
  const look = state === "thinking" || state === "deciding" ? "running" : state;
  return (
    <span class={`sigmic-step__status sigmic-step__status--${look}`}>
      <Icon name={icons[state]} small />
      <span class={state === "success" ? "sigmic-visually-hidden" : ""}>{text}</span>
    </span>
  );
}

export function StepDuration({ row, state }: { row: TimelineRow; state: CallState | null }): VNode {
  const ticking = state === "waiting" || state === "deciding" || state === "running";
  const now = useNow(ticking);
  const took = rowDuration(row, state, now);
  const text = took === null ? null : ticking ? wholeSeconds(took) : duration(took);
  return <span class="sigmic-step__duration">{text}</span>;
}
