import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { type Shown, shown, shownText } from "../arguments";
import { characterCount } from "../format";
import { texts } from "../texts";
import type { Json } from "../wire";
import { CopyButton } from "./CopyButton";
import { useOverflow } from "./useOverflow";

interface Props {
  args: { [name: string]: Json };
  /** How much there is, and a button that copies it. */
  bar?: boolean;
  /** Long arguments scroll in their own box, so that what comes below stays in sight. */
  boxed?: boolean;
}

export function Args({ args, bar = false, boxed = false }: Props): VNode {
  const entries = useMemo(
    () => Object.entries(args).map(([name, value]) => [name, shown(value)] as const),
    [args],
  );
  const [box, overflows] = useOverflow<HTMLDivElement>(args);
  const scrolls = boxed && overflows;
  return (
    <div class="sigmic-args">
      {bar && (
        <div class="sigmic-args__bar">
          <span>{texts.args.count(entries.length, count(entries))}</span>
          {entries.length > 0 && <CopyButton text={() => JSON.stringify(args, null, 2)} />}
        </div>
      )}
      <div
        ref={box}
        class={boxed ? "sigmic-args__scroll" : ""}
        {...(scrolls ? { tabIndex: 0, role: "group", "aria-label": texts.args.label } : {})}
      >
        {entries.length > 0 ? (
          <Entries entries={entries} />
        ) : (
          <p class="sigmic-args__none">{texts.args.none}</p>
        )}
      </div>
    </div>
  );
}

type EntryList = readonly (readonly [string, Shown])[];

function Entries({ entries }: { entries: EntryList }): VNode {
  return (
    <dl class="sigmic-args__list">
      {entries.map(([name, value]) => (
        <>
          <dt class="sigmic-args__key">{name}</dt>
          <dd class="sigmic-args__value">
            <Value value={value} />
          </dd>
        </>
      ))}
    </dl>
  );
}

function Value({ value }: { value: Shown }): VNode {
  if (value.kind === "entries") return <Entries entries={value.entries} />;
  if (value.text === "") return <span class="sigmic-args__empty">{texts.args.empty}</span>;
  return <>{value.text}</>;
}

function count(entries: EntryList): number {
  return entries.reduce((sum, [, value]) => sum + characterCount(shownText(value)), 0);
}
