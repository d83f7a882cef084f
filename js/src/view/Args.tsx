import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { layOut } from "../arguments";
import { exactArgs } from "../canonical";
import type { Called } from "../wire";
import { ArgList } from "./ArgList";

/** All arguments of a call about which nothing is to be decided. */
export function Args({ call: { args, args_json } }: { call: Called }): VNode {
  const rows = useMemo(() => layOut(exactArgs({ args, args_json })), [args, args_json]);
  return (
    <div class="sigmic-args">
      <ArgList rows={rows} />
    </div>
  );
}
