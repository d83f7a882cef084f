import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { Markdown } from "../src/markdown";
import { parseDocument } from "../src/markdown/document";
import { html } from "./html";
import { SAMPLE } from "./markdown-texts";

/** Text as it is read: code may hold anything. */
function words(text: string): string {
  return html(text, true).replace(/<(pre|code)>.*?<\/\1>/gs, "");
}

test("no cut of a text shows a marker that is about to mean something", { timeout: 60_000 }, () => {
  const raw = Array.from({ length: SAMPLE.length }, (_, length) => SAMPLE.slice(0, length))
    .map((cut) => [cut.slice(-30), words(cut)] as const)
    .filter(([, shown]) => /\*|`|~~|__|\]\(|!\[|\|/.test(shown));
  expect(raw).toEqual([]);
});

describe("what is half written is shown as what it will be:", () => {
  test.each([
    ["bold", "a **b", "<p>a <strong>b</strong></p>"],
    ["bold that is half closed", "a **b*", "<p>a <strong>b</strong></p>"],
    ["a marker without text", "a **", "<p>a </p>"],
    ["bold in italics", "*a **b", "<p><em>a <strong>b</strong></em></p>"],
    ["code", "a `b", "<p>a <code>b</code></p>"],
    ["bold without spaces round it", "中文**粗体", "<p>中文<strong>粗体</strong></p>"],
    ["a marker in code", "a `*b", "<p>a <code>*b</code></p>"],
    ["a link's words", "a [b", "<p>a b</p>"],
    ["code in a link's words", "a [`b", "<p>a <code>b</code></p>"],
    ["brackets in brackets", "a [b [c", "<p>a b c</p>"],
    ["a link's address", "a [b](https://x.exa", "<p>a b</p>"],
    ["an image", "a ![b](https://x.exa", "<p>a </p>"],
    ["a heading without words", "a\n\n##", "<p>a</p>"],
    ["a list's next item", "- a\n-", "<ul><li>a</li></ul>"],
    ["a task", "- a\n- [", "<ul><li>a</li></ul>"],
    ["what may become a heading", "a\n-", "<p>a</p>"],
    [
      "a table's head",
      "| a | b",
      "<div><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody></tbody></table></div>",
    ],
    [
      "a table's second line",
      "| a | b |\n|--",
      "<div><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody></tbody></table></div>",
    ],
    ["a code block", "```py\na\n``", "<div><pre><code>a</code></pre></div>"],
    ["what is no marker, in code", "```py\na\n-", "<div><pre><code>a\n-</code></pre></div>"],
    ["a marker behind code", "```py\na\n```\n-", "<div><pre><code>a</code></pre></div>"],
    [
      "a table in a list",
      "- a\n\n  | b",
      "<ul><li><p>a</p><div><table><thead><tr><th>b</th></tr></thead><tbody></tbody></table></div></li></ul>",
    ],
    ["a product, which is not in italics", "3*4 is", "<p>3*4 is</p>"],
    ["a quote's end", "> a\n> **b", "<blockquote><p>a\n<strong>b</strong></p></blockquote>"],
    ["the last item only", "- **a\n- **b", "<ul><li>**a</li><li><strong>b</strong></li></ul>"],
    ["an approximate number, which is not struck out", "takes ~5 min", "<p>takes ~5 min</p>"],
  ])("%s", (_, source, expected) => {
    expect(html(source, true)).toBe(expected);
  });

  test("and as what it is, once no more is to come", () => {
    expect(html("a **b [c")).toBe("<p>a **b [c</p>");
  });
});

test("parsing what is new gives what parsing all of it gives", () => {
  let before: ReturnType<typeof parseDocument> | null = null;
  for (let length = 0; length <= SAMPLE.length; length += 1) {
    const cut = SAMPLE.slice(0, length);
    before = parseDocument(cut, true, before);
    expect(before.parts).toEqual(parseDocument(cut, true, null).parts);
  }
});

test("an address that comes late reaches the words that waited for it", () => {
  const before = parseDocument("[a][r]\n\nb\n\nc\n\nd", true, null);
  const text = "[a][r]\n\nb\n\nc\n\nd\n\n[r]: https://r.example/";
  const after = parseDocument(text, true, before);
  expect(after.parts).toEqual(parseDocument(text, false, null).parts);
  const [here = [], there = []] = [after.parts[0], before.parts[0]];
  expect(here.length).toBe(4);
  expect(here.slice(1).every((block, index) => block === there[index + 1])).toBe(true);
});

test("the parts of a long text that are full stay the same objects, and none ends with a heading", () => {
  const section = "## Region\n\nRevenue rose.\n\n- first\n- then\n\n";
  const before = parseDocument(section.repeat(100), true, null);
  const after = parseDocument(section.repeat(101), true, before);
  const same = after.parts.filter((part, index) => part === before.parts[index]).length;
  expect(after.parts.flat()).toEqual(parseDocument(section.repeat(101), true, null).parts.flat());
  expect([after.parts.flat().length, same]).toEqual([303, before.parts.length - 1]);
  expect(after.parts.slice(0, -1).map((part) => part.at(-1)?.kind)).not.toContain("heading");
});

describe("as the text grows", () => {
  const el = document.createElement("div");
  const grow = (text: string, streaming = true): Element[] => {
    act(() => render(<Markdown text={text} streaming={streaming} />, el));
    return Array.from(el.querySelectorAll(".sigmic-markdown__part > *"));
  };

  test("what is there keeps its nodes, and with them selection and scroll position", () => {
    const first = grow("# A\n\nb **c** d\n\n- e\n");
    const text = first[1]?.firstChild;
    const second = grow("# A\n\nb **c** d\n\n- e\n- f\n\n```\ng");
    expect(second.slice(0, 3)).toEqual(first);
    expect(second[1]?.firstChild).toBe(text);
    const last = grow("# A\n\nb **c** d\n\n- e\n- f\n\n```\ng\n```\nh", false);
    expect(last.slice(0, 4).every((block, index) => block === second[index])).toBe(true);
  });

  test("a text that is another altogether is shown as it is", () => {
    grow("# A\n\nb\n\nc\n\nd");
    expect(grow("# X\n\ny").map((block) => block.textContent)).toEqual(["X", "y"]);
  });
});

test.each<[string, string, string | null]>([
  ["a paragraph", "a\n\nb", "b"],
  ["a heading", "# a", "a"],
  ["a list", "- a\n- b", "b"],
  ["a list whose words end with code", "- a\n- b `c`", "b c"],
  ["a list with paragraphs", "- a\n\n- b\n\n  c", "c"],
  ["a list in a list", "- a\n  - b", "b"],
  ["a task", "- [ ] a", "a"],
  ["a quote", "> a\n>\n> - b", "b"],
  ["code", "a\n\n```\nb", null],
  ["code in a list", "- a\n\n  ```\n  b", null],
  ["a table", "| a |\n| - |\n| b |", null],
  ["a line", "a\n\n---\n", null],
])("the caret stands behind the newest words of %s", (_, text, at) => {
  const el = document.createElement("div");
  act(() => render(<Markdown text={text} streaming={true} />, el));
  const places = (): (string | null)[] =>
    Array.from(el.querySelectorAll(".sigmic-caret"), (place) => place.textContent);
  expect(places()).toEqual(at === null ? [] : [at]);
  act(() => render(<Markdown text={`${text}\n\n\nand more`} streaming={true} />, el));
  if (!text.includes("```")) expect(places()).toEqual(["and more"]);
  act(() => render(<Markdown text={text} streaming={false} />, el));
  expect(places()).toEqual([]);
});
