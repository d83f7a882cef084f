/** A text that grows by what the kernel tells of it. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { AnyModel } from "@anywidget/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { receiver } from "../src/delta";
import { type Document, parseDocument } from "../src/markdown/document";
import type { Synced } from "../src/wire";
import { SAMPLE } from "./markdown-texts";

/** A model's content, and how the kernel tells that there is more of it. */
function told() {
  const state = { content: "", _revision: 0 };
  const model = {
    get: (name: "content" | "_revision") => state[name],
    set: (name: string, value: unknown) => Object.assign(state, { [name]: value }),
  };
  const receive = receiver(model as unknown as AnyModel<Synced>, () => {
    throw new Error("nothing is missing");
  });
  const tell = (more: string): void => {
    const { _revision: from, content } = state;
    receive({ delta: { from, to: from + 1, text: { content: [content.length, more] } } });
  };
  return { state, tell };
}

const CUTS = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });
const ENDINGS = fc.constantFrom("\n", "\r\n", "\r");
/** Another task's words come in between, or two pieces before the view looks. */
const BETWEEN = fc.constantFrom("nothing", "another", "twice");

test("is parsed as if it had come at once, wherever it was cut", () => {
  fc.assert(
    fc.property(CUTS, ENDINGS, BETWEEN, fc.nat(SAMPLE.length), (cuts, ending, between, start) => {
      const text = SAMPLE.slice(start).replaceAll("\n", ending);
      const here = told();
      const there = told();
      let before: Document | null = null;
      for (let at = 0, step = 0; at < text.length; step += 1) {
        const length = cuts[step % cuts.length] ?? 1;
        here.tell(text.slice(at, at + length));
        at += length;
        if (between === "twice" && step % 2 === 0) continue;
        if (between === "another") there.tell("words of another task");
        const { content } = here.state;
        expect(content).toBe(text.slice(0, at));
        before = parseDocument(content, true, before);
        expect(before.parts).toEqual(parseDocument(content, true, null).parts);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("takes memory for itself, not for each of its steps", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const { state, tell } = told();
  const begun = used();
  let before: Document | null = null;
  for (let step = 0; step < 400; step += 1) {
    tell(
      `## Step ${step}\n\nIn step ${step} the *revenue* of \`region ${step}\` rose, as it did before.\n\n`,
    );
    before = parseDocument(`${state.content}${step % 2 ? "" : "…"}`, true, before);
  }
  const grown = used() - begun;
  // All the texts that there have been would be 200 times the last one.
  expect(before?.parts.flat().length).toBe(800);
  expect(grown).toBeLessThan(40 * state.content.length);
});
