import { allText, layOut, type Row, shownArgs } from "./arguments";
import { canonical, type Entries, exactArgs } from "./canonical";
import { digest } from "./digest";
import { characterCount } from "./format";
import { type Hidden, hiddenIn } from "./hidden";
import type { Called, Instant } from "./wire";

/** A call as its card shows it. */
export interface Sight {
  call: Called;
  /** Goes up when it is not the same call any more. */
  version: number;
  args: Entries;
  rows: Row[];
  characters: number;
  hidden: Hidden[];
  /** As it was first shown, where it changed since then. */
  before: Sight | null;
  changedAt: Instant | null;
}

const PARTS = ["tool_name", "args", "args_json"] as const;

/** What comes in sight with `call` at `now` (milliseconds since 1970), where `last` was. What did not change keeps its identity. */
export function look(call: Called, last: Sight | undefined, now: number): Sight {
  if (last && PARTS.every((part) => last.call[part] === call[part])) return last;
  const args = exactArgs(call);
  const isAs = (sight: Sight): boolean =>
    call.tool_name === sight.call.tool_name && canonical(args) === canonical(sight.args);
  if (last && isAs(last)) return { ...last, call };
  const rows = layOut(args);
  const first = last && (last.before ?? last);
  const before = first && !isAs(first) ? first : null;
  return {
    call,
    version: last ? last.version + 1 : 0,
    args,
    rows,
    characters: characterCount(rows.flatMap((row) => [...row.texts, ...allText(row.rows)]).join("")),
    hidden: hiddenIn([call.tool_name, ...allText(rows)].join("\n")),
    before,
    changedAt: before && new Date(now).toISOString(),
  };
}

/** Of what stands on the card, whatever the kernel holds for true. */
export function digestOf({ call, rows }: Sight): string {
  return digest(call.call_id, call.tool_name, shownArgs(rows));
}
