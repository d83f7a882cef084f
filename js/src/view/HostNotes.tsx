import type { VNode } from "preact";
import { hostNotes } from "../hosts";
import * as texts from "../texts";
import { Name } from "./Name";
import { Rich } from "./Rich";

/** More than these would hide the value that they are about. */
const SHOWN = 8;

/** What hosts in a text really are. */
export function HostNotes({ text }: { text: string }): VNode {
  const notes = hostNotes(text).sort((one, other) => Number(other.mixed) - Number(one.mixed));
  return (
    <>
      {notes.slice(0, SHOWN).map(({ host, ascii, mixed }) => (
        <p class={`sigmic-args__note${mixed ? " sigmic-args__note--mixed" : ""}`}>
          <Rich
            text={mixed ? texts.args.mixed : texts.args.host}
            values={{ host: <Name text={host} />, ascii: <Name text={ascii} /> }}
          />
        </p>
      ))}
      {notes.length > SHOWN && <p class="sigmic-args__note">{texts.args.hosts(notes.length - SHOWN)}</p>}
    </>
  );
}
