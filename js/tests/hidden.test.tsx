import fc from "fast-check";
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import cases from "../../contract/hidden.json";
import { type Hidden, hiddenIn, pieces, visible } from "../src/hidden";
import { Visible } from "../src/view/Visible";

/** Any UTF-16 units, and often such as are hidden or stand next to those. */
const texts = fc
  .array(
    fc.oneof(
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom(
        ..."a1 \r\n\t👩💻❤🏴葛\u202e\u200b\u200c\u200d\ufe0f\ufe00\u20e3\u180b\u{e0100}\u{e0067}\u{e007f}",
      ),
      fc.constantFrom("\ud800", "\udc00", "\r\n", "👩\u200d💻", "1\ufe0f\u20e3"),
    ),
  )
  .map((parts) => parts.join(""));

const isShown = (piece: string | Hidden): piece is string => typeof piece === "string";

describe("hidden characters become tokens:", () => {
  test.each(cases)("$name", ({ text, exact, prose }) => {
    expect(visible(text)).toBe(exact);
    expect(visible(text, true)).toBe(prose);
  });

  test("of any text nothing is lost, and nothing is added", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, prose) => {
        const whole = pieces(text, prose)
          .map((piece) => (isShown(piece) ? piece : String.fromCodePoint(piece.code)))
          .join("");
        expect(whole).toBe(text);
      }),
    );
  });

  test("in what is left of an exact text nothing is hidden", () => {
    const hidden =
      /(?![\t\n])\p{Cc}|[\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]|\p{VS}{2}|(?!ℹ)\p{L}\ufe0f|(?<!\p{S}\ufe0f?)\u200d/u;
    fc.assert(
      fc.property(texts, (text) => {
        for (const piece of pieces(text).filter(isShown)) expect(piece).not.toMatch(hidden);
      }),
    );
  });

  test("prose is the more lenient, and what is shown has no hidden characters itself", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const codes = new Set(hiddenIn(text).map(({ code }) => code));
        expect(pieces(text, true).every((piece) => isShown(piece) || codes.has(piece.code))).toBe(true);
        expect(hiddenIn(visible(text))).toEqual([]);
      }),
    );
  });
});

test.each([
  ["direction", "\u202e\u2066\u200f\u061c"],
  ["invisible", "\u200b\u00ad\u2063\u3164\u200d"],
  ["control", "\0\x1b\x9f\u2028\ufffe"],
  ["tag", "\u{e0001}\u{e0041}\u{e007f}"],
  ["variation", "\ufe0f\ufe0f\u{e0100}\u{e01ef}\u180b"],
  ["surrogate", "\udc00\ud800"],
])("%s is what they are", (kind, text) => {
  expect(new Set(hiddenIn(text).map((hidden) => hidden.kind))).toEqual(new Set([kind]));
});

test("a token is an element of its own, and a text without one is the text alone", () => {
  const el = document.createElement("div");
  act(() => render(<Visible text={"a\u202eb<i>"} />, el));
  expect(el.innerHTML).toBe('a<span class="sigmic-token">⟦U+202E⟧</span>b&lt;i&gt;');
  act(() => render(<Visible text="plain" />, el));
  expect(el.innerHTML).toBe("plain");
});

test.each([
  ["without any", "a".repeat(1_000_000)],
  ["of nothing else", "\u202e".repeat(200_000)],
  ["of joined emoji", "👩\u200d".repeat(200_000)],
  ["of selectors", "a\ufe0f\ufe0f".repeat(100_000)],
])("a long text %s takes no long time", (_, text) => {
  const started = performance.now();
  pieces(text);
  pieces(text, true);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test.each([
  [1_000, false],
  [1_001, true],
])("a word of %i characters is laid out without kerning where it is long", (length, long) => {
  const el = document.createElement("div");
  const text = `before ${"A".repeat(length)} after`;
  render(<Visible text={text} />, el);
  expect(el.querySelector(".sigmic-long") !== null).toBe(long);
  expect(el.textContent).toBe(text);
});
