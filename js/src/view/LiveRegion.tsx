import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { visible } from "../hidden";
import { isFinal } from "../task";
import * as texts from "../texts";
import type { TaskStatus } from "../wire";
import type { SightedCard } from "./useSights";
import { beginning, ROW_LIMIT } from "./Visible";

interface Props {
  status: TaskStatus;
  /** Calls that wait for the reader. */
  asking: SightedCard[];
}

/** Tells a screen reader of boundaries only: never the stream, never a clock. */
export function LiveRegion({ status, asking }: Props): VNode {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const before = useRef<{ status: TaskStatus; calls: Map<string, number> } | null>(null);
  useEffect(() => {
    const known = before.current;
    before.current = {
      status,
      calls: new Map(asking.map(({ call, sight }) => [call.call_id, sight.version])),
    };
    const fresh = isFinal(status)
      ? []
      : asking.filter(({ call, sight }) => known?.calls.get(call.call_id) !== sight.version);
    const news = [
      known !== null && statusNews(known.status, status),
      ...fresh.map(({ call, sight }) =>
        (sight.before ? texts.announce.changed : texts.announce.approval)(
          visible(beginning(call.tool_name, ROW_LIMIT)),
        ),
      ),
    ].filter((text) => typeof text === "string");
    if (news.length > 0) setSaid(({ turn }) => ({ text: `${news.join(". ")}.`, turn: turn + 1 }));
  }, [status, asking]);
  return (
    <p class="sigmic-visually-hidden" role="status" aria-live="polite">
      {/* A new element is announced although its words may be the same as before. */}
      <span key={said.turn}>{said.text}</span>
    </p>
  );
}

function statusNews(before: TaskStatus, now: TaskStatus): string | false {
  if (before === now) return false;
  switch (now) {
    case "completed":
      return texts.announce.completed;
    case "failed":
      return texts.announce.failed;
    case "cancelled":
      return texts.announce.cancelled;
    case "running":
    case "awaiting_approval": {
      const underWay = before === "running" || before === "awaiting_approval";
      return underWay ? false : texts.announce.started;
    }
    default:
      return false;
  }
}
