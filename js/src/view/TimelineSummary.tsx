import type { VNode } from "preact";
import { duration } from "../format";
import { isFinal, timing } from "../task";
import * as texts from "../texts";
import type { Traits } from "../wire";
import { ROW_LIMIT, Visible } from "./Visible";

/** While the task runs, the newest thought; after its end, what there was and how long it took. */
export function TimelineSummary({ traits }: { traits: Traits }): VNode {
  const ended = isFinal(traits.status);
  return (
    <>
      <span class="sigmic-timeline__subject">
        {ended ? counts(traits) : <Visible prose text={newestSubject(traits)} limit={ROW_LIMIT} />}
      </span>
      <span class="sigmic-timeline__meta">
        {ended ? (
          <span class="sigmic-timeline__meta--wide">{times(traits)}</span>
        ) : (
          texts.timeline.steps(traits.timeline.length)
        )}
      </span>
    </>
  );
}

function newestSubject({ timeline }: Traits): string {
  const thought = timeline.findLast((row) => row.kind === "thought");
  return thought?.kind === "thought" && thought.subject !== "" ? thought.subject : texts.timeline.working;
}

function counts({ timeline, decisions }: Traits): string {
  const thoughts = timeline.filter((row) => row.kind === "thought").length;
  const calls = timeline.length - thoughts;
  const mine = decisions.filter(({ by, state }) => by.kind === "person" && state === "confirmed");
  const rejected = mine.filter(({ outcome }) => outcome === "cancel").length;
  const approved = mine.length - rejected;
  return [
    thoughts > 0 && texts.timeline.thoughts(thoughts),
    calls > 0 && texts.timeline.calls(calls),
    approved > 0 && texts.timeline.approved(approved),
    rejected > 0 && texts.timeline.rejected(rejected),
  ]
    .filter(Boolean)
    .join(", ");
}

function times(traits: Traits): string {
  const known = timing(traits);
  if (known === null) return "";
  const worked = texts.timeline.worked(duration(known.total - known.waited));
  return known.waited < 1_000 ? worked : `${worked}, ${texts.timeline.waited(duration(known.waited))}`;
}
