import fc from "fast-check";
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Markdown } from "../src/markdown";
import { type Document, parseDocument } from "../src/markdown/document";
import { soups } from "./markdown-texts";

const PATIENCE_MS = 60_000;

/** Each element that Markdown may become, with its attributes. */
const ALLOWED: { [element: string]: string[] } = {
  ...Object.fromEntries(["p", "h2", "h3", "h4", "h5", "h6"].map((name) => [name, ["class"]])),
  ...Object.fromEntries(["blockquote", "hr", "br"].map((name) => [name, []])),
  ...Object.fromEntries(
    ["strong", "em", "del", "code", "table", "thead", "tbody", "tr"].map((name) => [name, []]),
  ),
  ...{
    ul: ["class"],
    li: ["class"],
    ol: ["class", "start"],
    td: ["class"],
    th: ["class", "scope"],
    bdi: ["class"],
  },
  ...{ a: ["href", "title", "target", "rel"], div: ["class", "tabindex", "role", "aria-label"] },
  ...{
    pre: ["class", "tabindex", "role", "aria-label"],
    span: ["class", "aria-live"],
    button: ["class", "type"],
  },
  ...{
    svg: ["class", "viewBox", "aria-hidden"],
    path: ["d"],
    circle: ["cx", "cy", "r"],
    rect: ["x", "y", "width", "height", "rx"],
  },
};

test("whatever the text, there are only elements and attributes that are ours", {
  timeout: PATIENCE_MS,
}, () => {
  fc.assert(
    fc.property(soups, fc.boolean(), (text, streaming) => {
      const el = document.createElement("div");
      act(() => render(<Markdown text={text} streaming={streaming} />, el));
      for (const each of el.querySelectorAll("*")) {
        const name = each.localName;
        expect(Object.keys(ALLOWED)).toContain(name);
        expect([name, ALLOWED[name]]).toEqual([name, expect.arrayContaining(each.getAttributeNames())]);
        for (const style of each.classList) expect(style).toMatch(/^sigmic-/);
      }
      for (const link of el.querySelectorAll("a")) {
        expect(link.href).toMatch(/^(?:https?:\/\/[^/?#@]+|mailto:)/);
        expect([link.target, link.rel, link.title]).toEqual(["_blank", "noopener noreferrer", link.href]);
      }
    }),
    { numRuns: 200 },
  );
});

test("a text that comes in parts becomes what it becomes as a whole", { timeout: PATIENCE_MS }, () => {
  fc.assert(
    fc.property(soups, fc.array(fc.nat()), (text, cuts) => {
      const ends = cuts.map((cut) => cut % (text.length + 1)).sort((one, other) => one - other);
      let before: Document | null = null;
      for (const end of [...ends, text.length]) {
        const part = text.slice(0, end);
        before = parseDocument(part, true, before);
        expect(before.parts).toEqual(parseDocument(part, true, null).parts);
      }
      expect(parseDocument(text, false, before).parts).toEqual(parseDocument(text, false, null).parts);
    }),
    { numRuns: 200 },
  );
});
