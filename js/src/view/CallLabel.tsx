import type { VNode } from "preact";
import { callHint } from "../task";
import type { Called } from "../wire";
import { ROW_LIMIT, Visible } from "./Visible";

/** A call in one line: its tool, and what tells it apart. */
export function CallLabel({ call }: { call: Called }): VNode {
  return (
    <>
      <code class="sigmic-step__name">
        <Visible text={call.tool_name} limit={ROW_LIMIT} />
      </code>{" "}
      <span class="sigmic-step__hint">
        <Visible text={callHint(call.args)} limit={ROW_LIMIT} />
      </span>
    </>
  );
}
