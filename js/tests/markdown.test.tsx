import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { Markdown } from "../src/markdown";
import { html } from "./html";

describe("Markdown becomes", () => {
  test.each([
    [
      "headings one level down",
      "# A\n\n## B ##\n\nC\n===\n\nD\n---",
      "<h2>A</h2><h3>B</h3><h2>C</h2><h3>D</h3>",
    ],
    ["six levels at most", "###### F", "<h6>F</h6>"],
    [
      "emphasis",
      "**a** *b* __c__ _d_ ***e*** ~~f~~",
      "<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em> <em><strong>e</strong></em> <del>f</del></p>",
    ],
    ["no emphasis inside words", "snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"],
    ["nested emphasis", "**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"],
    ["markers that nothing closes", "**a *b", "<p>**a *b</p>"],
    ["code", "`a` ``b`c`` `*d*`", "<p><code>a</code> <code>b`c</code> <code>*d*</code></p>"],
    ["lines that go on, and lines that break", "a\nb  \nc\\\nd<br>e", "<p>a\nb<br>c<br>d<br>e</p>"],
    ["escaped markers", "\\*a\\* \\[b\\]", "<p>*a* [b]</p>"],
    [
      "lists",
      "- a\n- b\n  1. c\n  2. d",
      '<ul><li>a</li><li>b<ol start="1"><li>c</li><li>d</li></ol></li></ul>',
    ],
    ["a list that begins elsewhere", "3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
    ["loose lists", "- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
    [
      "code in a list",
      "1. a\n\n   ```\n   b\n   ```",
      '<ol start="1"><li><p>a</p><div><pre><code>b</code></pre></div></li></ol>',
    ],
    ["quotes", "> a\n> b\nc\n\nd", "<blockquote><p>a\nb\nc</p></blockquote><p>d</p>"],
    ["code blocks", "```py\na\n\n  b\n```\nc", "<div><pre><code>a\n\n  b</code></pre></div><p>c</p>"],
    ["indented code", "    a\n\tb\n\nc", "<div><pre><code>a\nb</code></pre></div><p>c</p>"],
    ["rules", "a\n\n---\n\n* * *", "<p>a</p><hr><hr>"],
    ["a paragraph that a block ends", "a\n# b\n- c", "<p>a</p><h2>b</h2><ul><li>c</li></ul>"],
    [
      "references",
      "[a][r] [R] [x]\n\n[r]: https://r.example/x",
      '<p><a href="https://r.example/x">a</a> <a href="https://r.example/x">R</a> [x]</p>',
    ],
    [
      "bare addresses",
      "See https://a.example/b_c_d, or (www.b.example).",
      '<p>See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>, or (<a href="http://www.b.example/">www.b.example</a>).</p>',
    ],
    [
      "addresses in angle brackets",
      "<https://a.example/> <x@y.example>",
      '<p><a href="https://a.example/">https://a.example/</a> <a href="mailto:x@y.example">x@y.example</a></p>',
    ],
    [
      "links with titles and brackets",
      '[a [b]](https://x.example/p(q) "t")',
      '<p><a href="https://x.example/p(q)">a [b]</a></p>',
    ],
    [
      "character references, once",
      "&lt;b&gt; &amp;lt; &copy; &#65;&#x42; &nonsense; `&lt;`",
      "<p>&lt;b&gt; &amp;lt; © AB &amp;nonsense; <code>&amp;lt;</code></p>",
    ],
    ["Windows' line ends", "a\r\n\r\nb", "<p>a</p><p>b</p>"],
  ])("%s", (_, source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

function shown(text: string): HTMLElement {
  const el = document.createElement("div");
  act(() => render(<Markdown text={text} streaming={false} />, el));
  return el;
}

describe("a table", () => {
  const table = shown(
    "| a | n | c | x |\n|---|---|:-:|--:|\n| `p\\|q` | +6.1 % | 1 | y |\n| b | −1,204 | |\n\nend",
  );
  const classes = (selector: string): string[] =>
    Array.from(table.querySelectorAll(selector), (cell) => cell.className);

  test("has its cells where they belong, and empty ones where they are missing", () => {
    const rows = Array.from(table.querySelectorAll("tr"), (row) =>
      Array.from(row.children, (cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ["a", "n", "c", "x"],
      ["p|q", "+6.1 %", "1", "y"],
      ["b", "−1,204", "", ""],
    ]);
  });

  test("sets numbers, and what its author says, to the right", () => {
    const expected = ["", "sigmic-table__number", "sigmic-table__center", "sigmic-table__number"];
    expect([classes("th"), classes("tr:nth-child(2) td")]).toEqual([expected, expected]);
  });

  test("can be reached and named, for it scrolls", () => {
    const region = table.querySelector("[role=group]");
    expect([region?.getAttribute("tabindex"), region?.getAttribute("aria-label")]).toEqual(["0", "Table"]);
  });
});

test("tasks are said to be done or to do", () => {
  const list = shown("- [x] a\n- [ ] **b**");
  expect(Array.from(list.querySelectorAll("li"), (item) => item.textContent)).toEqual(["done:a", "to do:b"]);
  expect(list.querySelectorAll("svg")).toHaveLength(2);
});

test("a code block names its language and can be copied", () => {
  const block = shown("```python title=x\nx = 1\n```").querySelector(".sigmic-code");
  expect(block?.querySelector(".sigmic-code__bar")?.textContent).toBe("pythonCopy");
});

test("a link opens a page of its own that knows nothing of this one", () => {
  const link = shown("[a](https://x.example)").querySelector("a");
  expect([link?.target, link?.rel, link?.title]).toEqual([
    "_blank",
    "noopener noreferrer",
    "https://x.example/",
  ]);
});
