import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { callState, isFinal } from "../task";
import type { Traits } from "../wire";
import { Icon } from "./Icon";
import { memo } from "./memo";
import { Call, Thought } from "./Step";
import { TimelineSummary } from "./TimelineSummary";

const CLOSE_AFTER_MS = 1_000;

/** Of a long timeline only the groups in sight are laid out. */
const GROUP_ROWS = 25;

interface Props {
  traits: Traits;
  /** Calls whose decision is on its way. */
  deciding: ReadonlySet<string>;
}

export const Timeline = memo(({ traits, deciding }: Props): VNode | null => {
  const { timeline, tool_calls, decisions, status } = traits;
  const [open, setOpen] = useState(status !== "completed" && status !== "cancelled");
  // Set by the reader's first click, on the summary or on a row: from then on nothing opens or closes by itself.
  const touched = useRef(false);
  useCloseAtEnd(status, () => {
    if (!touched.current) setOpen(false);
  });
  if (timeline.length === 0) return null;

  const calls = new Map(tool_calls.map((call) => [call.call_id, call]));
  const decided = new Map(decisions.map((decision) => [decision.call_id, decision]));
  const touch = (): void => {
    touched.current = true;
  };
  const toggle = (event: Event): void => {
    event.preventDefault();
    touch();
    setOpen(!open);
  };
  const rows = timeline.map((row, index) => {
    if (row.kind === "thought") {
      const newest = index === timeline.length - 1 && row.settled_at === null;
      return <Thought key={row.id} row={row} thinking={newest && status === "running"} />;
    }
    const call = calls.get(row.call_id);
    // The row may be here a moment before the call that it names.
    if (!call) return <li key={row.id} class="sigmic-step sigmic-step--tool" hidden />;
    const state = callState(call, status, deciding.has(call.call_id), decided.get(call.call_id));
    return <Call key={row.id} row={row} call={call} state={state} />;
  });
  const groups: VNode[][] = [];
  while (rows.length > 0) groups.push(rows.splice(0, GROUP_ROWS));
  return (
    <details class="sigmic-timeline" open={open}>
      <summary class="sigmic-timeline__summary" onClick={toggle}>
        <Icon name="chevron" class="sigmic-disclosure" />
        <TimelineSummary traits={traits} />
      </summary>
      <div class="sigmic-timeline__steps" onClick={touch} onKeyDown={touch}>
        {groups.map((group, index) => (
          <ol key={index} class="sigmic-timeline__group">
            {group}
          </ol>
        ))}
      </div>
    </details>
  );
});

/** Once, a while after the end, and only where the end was seen. What failed stays in sight. */
function useCloseAtEnd(status: Traits["status"], close: () => void): void {
  const seenRunning = useRef(!isFinal(status));
  useEffect(() => {
    if (!isFinal(status) || status === "failed" || !seenRunning.current) return undefined;
    const timer = setTimeout(() => {
      seenRunning.current = false;
      close();
    }, CLOSE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [status]);
}
