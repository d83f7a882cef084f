import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allText, changedNames, layOut, patchLines, type Row, shownArgs } from "../src/arguments";
import { canonical, type Entries, exactArgs } from "../src/canonical";
import { changes, chunked, merged, unsigned } from "../src/lines";
import type { Json } from "../src/wire";

type Args = { [name: string]: Json };
const exact = (args: Args): Entries => exactArgs({ args, args_json: null });
const looks = (args: Args): [string, string][] =>
  layOut(exact(args)).map(({ look, names }) => [names.join("→"), look]);

/** Names that mean something to a layout, and values that do. */
const name = fc.oneof(
  fc.constantFrom(
    "command",
    "argv",
    "path",
    "content",
    "old_string",
    "new_string",
    "old",
    "new",
    "find",
    "replace",
  ),
  fc.constantFrom("search", "before", "after", "patch", "diff", "text", "edits", "__proto__", "0"),
  fc.string(),
);
const text = fc.oneof(fc.constantFrom("a\nb\n", "@@ -1 +1 @@\n-a\n+b\n", ""), fc.string({ unit: "binary" }));
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 8 },
    text,
    fc.integer(),
    fc.constantFrom(null, true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ) as fc.Arbitrary<Json>,
}));
const args = fc.dictionary(name, value, { maxKeys: 8 }) as fc.Arbitrary<Args>;

test("no layout leaves anything out: the arguments can be made of what it shows", () => {
  fc.assert(
    fc.property(args, (any) => {
      expect(canonical(shownArgs(layOut(exact(any))))).toBe(canonical(exact(any)));
    }),
    { numRuns: 500 },
  );
});

describe("what is done comes first, as what it is:", () => {
  test.each<[string, Args, [string, string][]]>([
    [
      "a shell command",
      { directory: "/", command: "ls" },
      [
        ["command", "command"],
        ["directory", "plain"],
      ],
    ],
    ["a list of words to run", { argv: ["ls", "-l"] }, [["argv", "command"]]],
    ["not a list of other things", { argv: [1] }, [["argv", "plain"]]],
    ["not an empty list", { command: [] }, [["command", "plain"]]],
    [
      "a file that is written",
      { mode: "w", content: "x", path: "a" },
      [
        ["path", "path"],
        ["content", "content"],
        ["mode", "plain"],
      ],
    ],
    ["a path alone is none", { path: "a" }, [["path", "plain"]]],
    ["content without a path is none", { content: "x" }, [["content", "plain"]]],
    [
      "a text that is replaced",
      { file_path: "a", new_string: "y", old_string: "x", replace_all: true },
      [
        ["file_path", "path"],
        ["old_string→new_string", "edit"],
        ["replace_all", "plain"],
      ],
    ],
    ["the same by other names", { oldText: "x", newText: "y" }, [["oldText→newText", "edit"]]],
    ["what is searched for", { search: "x", replace: "y" }, [["search→replace", "edit"]]],
    [
      "not of other kinds",
      { old: 1, new: "y" },
      [
        ["old", "plain"],
        ["new", "plain"],
      ],
    ],
    ["a patch", { patch: "@@ -1 +1 @@\n-a\n+b" }, [["patch", "patch"]]],
    ["not what has no hunks", { patch: "a" }, [["patch", "plain"]]],
    ["not a command that looks like one", { command: "@@ -1 +1 @@\n-a\n+b" }, [["command", "command"]]],
  ])("%s", (_, given, expected) => {
    expect(looks(given)).toEqual(expected);
  });
});

test.each<[string[], string]>([
  [["ls", "-la", "a/b.txt"], "ls -la a/b.txt"],
  [["echo", "a b", ""], "echo 'a b' ''"],
  [["echo", "it's; rm -rf /", "$HOME"], "echo 'it'\\''s; rm -rf /' '$HOME'"],
  [["a\nb"], "'a\nb'"],
])("words are quoted as for a shell: %j", (argv, expected) => {
  expect(layOut(exact({ argv }))[0]?.texts).toEqual([expected]);
});

test("all names and texts are there for counting, nested ones too", () => {
  const rows: Row[] = layOut(exact({ edits: [{ old: "x\ny", new: "z" }], n: 1 }));
  expect(allText(rows)).toEqual(["edits", "0", "old", "new", "x\ny", "z", "n", "1"]);
});

test.each<[string, Args, Args, string[]]>([
  ["nothing", { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, []],
  ["a value", { a: 1 }, { a: 2 }, ["a"]],
  ["deep inside", { a: { b: [1] } }, { a: { b: [2] } }, ["a"]],
  ["a kind", { a: "1" }, { a: 1 }, ["a"]],
  ["what is new and what is gone", { a: 1, b: null }, { a: 1, c: null }, ["c", "b"]],
])("what changed: %s", (_, before, now, expected) => {
  expect([...changedNames(exact(before), exact(now))]).toEqual(expected);
});

describe("lines", () => {
  const joined = (lines: { text: string }[]): string => lines.map((line) => line.text).join("");
  const lined = fc
    .array(fc.constantFrom("a", "b", "\n", "-", "+", "@@ "), { maxLength: 20 })
    .map((parts) => parts.join(""));

  test("of a change hold the text before and the text after", () => {
    fc.assert(
      fc.property(lined, lined, (before, now) => {
        const lines = changes(before, now);
        expect(joined(lines.filter(({ sign }) => sign !== "+"))).toBe(before);
        expect(joined(lines.filter(({ sign }) => sign !== "-"))).toBe(now);
      }),
    );
  });

  test.each([
    ["a\nb\nc\nd", "a\nx\nc\nd", ["a\n", "-b\n", "+x\n", "c\n", "d"]],
    ["a\na\n", "a\n", ["a\n", "-a\n"]],
    ["a\n", "a\na\n", ["a\n", "+a\n"]],
    ["", "a", ["+a"]],
  ])("of a change are marked from the first to the last that differs: %j, %j", (before, now, expected) => {
    expect(changes(before, now).map(({ sign, text }) => sign + text)).toEqual(expected);
  });

  test("in chunks and runs are the same text", () => {
    fc.assert(
      fc.property(
        lined,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (any, most, size) => {
          const chunks = chunked(patchLines(any), most, size);
          expect(joined(chunks.flatMap(({ lines }) => merged(lines)))).toBe(any);
          expect(chunks.map(({ at }) => at)).toEqual(
            chunks.map((_, index) =>
              chunks.slice(0, index).reduce((sum, { lines }) => sum + lines.length, 0),
            ),
          );
          for (const { lines } of chunks) {
            expect(lines.length === 1 || (lines.length <= most && joined(lines).length <= size)).toBe(true);
          }
        },
      ),
    );
  });

  test("that are merged have another sign than the ones before", () => {
    const runs = merged([...unsigned("a\nb\n"), { sign: "-", text: "c" }, { sign: "-", text: "d" }]);
    expect(runs).toEqual([
      { sign: "", text: "a\nb\n" },
      { sign: "-", text: "cd" },
    ]);
  });

  test("of a patch have the signs they begin with, but for the names of files", () => {
    const patch = "diff --git a b\n--- a\n+++ b\n@@ -1 +1 @@\n x\n--- y\n+z\n";
    expect(patchLines(patch).map(({ sign }) => sign)).toEqual(["", "", "", "@", "", "-", "+"]);
  });
});
