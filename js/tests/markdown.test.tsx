import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { Markdown } from "../src/markdown";
import { html } from "./html";
import { CASES } from "./markdown-texts";

describe("Markdown becomes", () => {
  test.each(CASES)("%s", (_, source, expected) => {
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

test("a list's numbers are shown whole, however long", () => {
  const kinds = (text: string): string => shown(text).querySelector("ol")?.className ?? "";
  expect([kinds("998. a"), kinds("999. a\n1. b"), kinds("1. a")]).toEqual(["", "sigmic-markdown__long", ""]);
});

test("a link opens a page of its own that knows nothing of this one", () => {
  const link = shown("[a](https://x.example)").querySelector("a");
  expect([link?.target, link?.rel, link?.title]).toEqual([
    "_blank",
    "noopener noreferrer",
    "https://x.example/",
  ]);
});
