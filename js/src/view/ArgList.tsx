import type { VNode } from "preact";
import { asText, changedNames, patchLines, type Row, shownArgs } from "../arguments";
import { type Entries, indented, type Value } from "../canonical";
import { changes, unsigned } from "../lines";
import * as texts from "../texts";
import { HostNotes } from "./HostNotes";
import { Lines } from "./Lines";
import { memo } from "./memo";
import { Visible } from "./Visible";

interface Props {
  rows: Row[];
  /** What was shown first, where that was something else: what became of it is marked. */
  before?: Entries | null;
}

export const ArgList = memo(({ rows, before = null }: Props): VNode => {
  const args = shownArgs(rows);
  const changed = changedNames(before ?? args, args);
  if (args.size + changed.size === 0) return <p class="sigmic-args__none">{texts.args.none}</p>;
  const marked = (name: string): VNode => (
    <Arg names={[name]} texts={[asText(args.get(name))]}>
      <Changed before={before?.get(name)} now={args.get(name)} />
    </Arg>
  );
  return (
    <dl class="sigmic-args__list">
      {rows.map((row) =>
        row.names.some((name) => changed.has(name)) ? (
          row.names.map(marked)
        ) : (
          <Arg names={row.names} texts={row.texts}>
            {row.look === "nested" ? <ArgList rows={row.rows} /> : <Shown {...row} />}
          </Arg>
        ),
      )}
      {[...changed].filter((name) => !args.has(name)).map(marked)}
    </dl>
  );
});

function Arg({ names, texts, children }: Pick<Row, "names" | "texts"> & { children: VNode }): VNode {
  return (
    <>
      <dt class="sigmic-args__key">
        {names.map((name) => (
          <div>
            <Visible text={name} />
          </div>
        ))}
      </dt>
      <dd class="sigmic-args__value">
        {children}
        <HostNotes text={texts.join("\n")} />
      </dd>
    </>
  );
}

function Shown({ look, texts: [text = "", now = ""] }: Pick<Row, "look" | "texts">): VNode {
  if (look === "edit") return <Lines lines={changes(text, now)} look={look} />;
  if (text === "") return <span class="sigmic-args__empty">{texts.args.empty}</span>;
  return <Lines lines={look === "patch" ? patchLines(text) : unsigned(text)} look={look} />;
}

function Changed({ before, now }: { before?: Value | undefined; now?: Value | undefined }): VNode {
  const same = asText(before) === asText(now);
  // "120" and 120 read the same.
  const read = (value: Value | undefined): string =>
    same && value !== undefined ? indented(value) : asText(value);
  return (
    <>
      <Lines lines={changes(read(before), read(now))} look="changed" />
      {now === "" && <span class="sigmic-args__empty">{texts.args.empty}</span>}
    </>
  );
}
