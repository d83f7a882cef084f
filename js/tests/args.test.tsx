import { expect, test } from "vitest";
import type { Json } from "../src/wire";
import { show, useStage, waiting } from "./stage";

useStage();

async function shownArgs(args: { [name: string]: Json }): Promise<Awaited<ReturnType<typeof show>>> {
  return await show({ status: "awaiting_approval", pending_approvals: [{ ...waiting, args }] });
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

test("says how much there is, in characters as a reader counts them", async () => {
  const { text } = await shownArgs({ a: "😀b", n: 120 });
  expect(text(".sigmic-args__bar > span")).toEqual(["2 arguments, 5 characters"]);
});

test("says that there are none", async () => {
  const { text } = await shownArgs({});
  expect(text(".sigmic-args__bar > span, .sigmic-args__none")).toEqual([
    "0 arguments, 0 characters",
    "No arguments",
  ]);
});
