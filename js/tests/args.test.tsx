import { describe, expect, test } from "vitest";
import type { Json, PendingApproval } from "../src/wire";
import { type Stage, show, useStage, waiting } from "./stage";

useStage();

async function shownArgs(
  args: { [name: string]: Json },
  more: Partial<PendingApproval> = {},
): Promise<Stage> {
  return await show({ status: "awaiting_approval", pending_approvals: [{ ...waiting, args, ...more }] });
}

test.each<[string, Json, string]>([
  ["text as it is, line breaks and all", "a\n\tb  c\n", "a\n\tb  c\n"],
  ["markup as text", "<b onclick=x>&amp;</b>", "<b onclick=x>&amp;</b>"],
  ["numbers, truth and nothing as JSON", [1, true, null], "[\n  1,\n  true,\n  null\n]"],
  ["an object as JSON", { a: { b: "c" } }, '{\n  "a": {\n    "b": "c"\n  }\n}'],
  ["an empty text as such", "", "empty"],
  ["empty lists as such", [], "[]"],
  ["very long text to its end", "x".repeat(100_000), "x".repeat(100_000)],
])("shows %s", async (_, value, expected) => {
  const { text } = await shownArgs({ value });
  expect(text(".sigmic-args__value")).toEqual([expected]);
});

test("leaves no argument out, whatever its name", async () => {
  const names = ["path", "__hidden__", "constructor", "password", "a b", "<b>"];
  const { text } = await shownArgs(Object.fromEntries(names.map((name) => [name, name])));
  expect(text(".sigmic-args__key")).toEqual(names);
  expect(text(".sigmic-args__value")).toEqual(names);
});

test("keeps the line breaks of nested text, entry by entry", async () => {
  const { text } = await shownArgs({ edits: [{ path: "a.py", old: "x\ny", depth: 2 }] });
  expect(text(".sigmic-args__key")).toEqual(["edits", "0", "path", "old", "depth"]);
  expect(text(".sigmic-args__value").slice(2)).toEqual(["a.py", "x\ny", "2"]);
});

test("shows a value that is nested very deeply", async () => {
  const deep = JSON.parse(`${"[".repeat(500)}"a\\nb"${"]".repeat(500)}`) as Json;
  const { text } = await shownArgs({ deep });
  expect(text(".sigmic-args__value")[0]).toContain('"a\\nb"');
});

test("shows hidden characters of names and values, and spaces at the end of a line", async () => {
  const { text } = await shownArgs({ "pa\u200bth": "a\u202eb  \n\tc\t" });
  expect(text(".sigmic-args__key")).toEqual(["pa⟦U+200B⟧th"]);
  expect(text(".sigmic-args__value")).toEqual(["a⟦U+202E⟧b  \n\tc\t"]);
  expect(text(".sigmic-lines__space")).toEqual(["  ", "\t"]);
});

test("shows numbers as they are sent, where JavaScript rounds them", async () => {
  const { text } = await shownArgs({ id: 2 ** 53 }, { args_json: '{"id":9007199254740993,"rate":1.0}' });
  expect(text(".sigmic-args__value")).toEqual(["9007199254740993", "1.0"]);
});

test("says under a value what its hosts really are", async () => {
  const { text } = await shownArgs({ url: "https://bücher.example/ https://paypаl.example/" });
  expect(text(".sigmic-args__note")).toEqual([
    "Letters of several scripts in paypаl.example; as it is sent: xn--paypl-7ve.example",
    "Host as it is sent: xn--bcher-kva.example",
  ]);
});

test("names some of many such hosts, and counts the others", async () => {
  const { text } = await shownArgs({
    urls: Array.from({ length: 10 }, (_, at) => `https://bü${at}.example`).join(" "),
  });
  expect(text(".sigmic-args__note")).toHaveLength(9);
  expect(text(".sigmic-args__note").at(-1)).toBe("and 2 more hosts of that kind");
});

describe("lays out", () => {
  test("a file that is written, with numbers that are no part of the text", async () => {
    const { text } = await shownArgs({ mode: "w", content: "a\n\nb\n", path: "x.py" });
    expect(text(".sigmic-args__key")).toEqual(["path", "content", "mode"]);
    expect(text(".sigmic-lines--path")).toEqual(["x.py"]);
    expect(text(".sigmic-lines--content .sigmic-line")).toEqual(["a\n", "\n", "b\n"]);
  });

  test("a text that is replaced, by what goes and what comes", async () => {
    const { text } = await shownArgs({ old_string: "a\nb\n", new_string: "a\nc\n", path: "x.py" });
    expect(text(".sigmic-args__key")).toEqual(["path", "old_stringnew_string"]);
    expect(text(".sigmic-line--same")).toEqual(["x.py", "a\n"]);
    expect(text(".sigmic-line--removed")).toEqual(["b\n"]);
    expect(text(".sigmic-line--added")).toEqual(["c\n"]);
  });

  test("a patch, by its signs", async () => {
    const { text } = await shownArgs({ patch: "--- a\n+++ b\n@@ -1 +1,2 @@\n-x\n+y\n+z\n" });
    expect(text(".sigmic-line--removed")).toEqual(["-x\n"]);
    expect(text(".sigmic-line--added")).toEqual(["+y\n+z\n"]);
    expect(text(".sigmic-args__value").join("")).toBe("--- a\n+++ b\n@@ -1 +1,2 @@\n-x\n+y\n+z\n");
  });
});

test("shows the arguments as JSON, and back", async () => {
  const given = { b: "x\u202e\ny", a: [1] };
  const { text, click, button } = await shownArgs(given);
  await click("Raw");
  expect(text(".sigmic-args__raw")).toEqual([JSON.stringify(given, null, 2).replace("\u202e", "⟦U+202E⟧")]);
  await click("Laid out");
  expect(text(".sigmic-args__key")).toEqual(["b", "a"]);
  expect(button("Raw")).toBeDefined();
});

test.each<[string, string]>([
  ["many lines", "echo 0123456789\n".repeat(60_000)],
  ["lines without end", "x".repeat(1_000_000)],
  ["nothing but line breaks", "\n".repeat(200_000)],
  ["spaces before something", `${" ".repeat(1_000_000)}x`],
  ["a hidden character every other", "a\u200b".repeat(50_000)],
])("shows %s to the end, in few elements", async (_, content) => {
  const { text, el } = await shownArgs({ path: "x", content });
  const shown = text(".sigmic-args__value")[1]?.replaceAll("⟦U+200B⟧", "\u200b");
  expect(shown === content).toBe(true);
  expect(el.querySelectorAll("*").length).toBeLessThan(15_000);
});

test("marks spaces at the end of a line alone, however long it is", async () => {
  const { text } = await shownArgs({ value: `${" ".repeat(50_000)}x  ` });
  expect(text(".sigmic-lines__space")).toEqual(["  "]);
});

test("says how much there is, in characters as a reader counts them", async () => {
  const { text } = await shownArgs({ a: "😀b", n: 120 });
  expect(text(".sigmic-args__bar > span:first-child")).toEqual(["2 arguments, 5 characters"]);
});

test("says that there are none", async () => {
  const { text } = await shownArgs({});
  expect(text(".sigmic-args__bar > span, .sigmic-args__none")).toEqual([
    "0 arguments, 0 characters",
    "No arguments",
  ]);
});
