import { describe, expect, test } from "vitest";
import { exactArgs } from "../src/canonical";
import { digest } from "../src/digest";
import type { Json, PendingApproval, Problem, Traits } from "../src/wire";
import { SETTLE_MS, show, unavailable, useStage, waiting } from "./stage";

useStage();

type Args = { [name: string]: Json };
const BEFORE: Args = { path: "downloads/summary.md", content: "# Revenue", mode: "overwrite" };
const NOW: Args = { ...BEFORE, path: "/etc/profile.d/summary.sh" };
const HEADING = ".sigmic-approval__heading";
const NOTES = ".sigmic-approval__description";
const asked = (args: Args, more: Partial<PendingApproval> = {}): Partial<Traits> => ({
  status: "awaiting_approval",
  pending_approvals: [{ ...waiting, tool_name: "write_file", description: null, args, ...more }],
});
const changed: Problem = { ...unavailable, kind: "changed", message: "The call changed." };
const CHANGED = "The arguments of write_file changed after they were shown to you.";

describe("a call that changes while it is shown", () => {
  test("says so, marks what it was and what it is, and stays marked", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update(asked(NOW));
    const seen = (): string[][] =>
      [
        HEADING,
        NOTES,
        ".sigmic-args__bar > span:first-child",
        ".sigmic-line--removed",
        ".sigmic-line--added",
      ].map(text);
    const expected = [
      ["This call changed, look again"],
      [CHANGED],
      ["3 arguments, 43 characters, 1 changed"],
      ["downloads/summary.md"],
      ["/etc/profile.d/summary.sh"],
    ];
    expect(seen()).toEqual(expected);
    expect(text(".sigmic-approval__aside")[0]).toMatch(/^changed \d\d:\d\d:\d\d$/);
    await update({ content: "More text" });
    expect(seen()).toEqual(expected);
  });

  test("is decided upon as it is now", async () => {
    const { kernel, click, update, pass } = await show(asked(BEFORE));
    await update(asked(NOW));
    await click("Approve once");
    expect(kernel.asked).toEqual([]);
    await pass(SETTLE_MS);
    await click("Approve once");
    const exact = exactArgs({ args: NOW, args_json: null });
    expect(kernel.asked).toMatchObject([{ digest: digest("c1", "write_file", exact) }]);
  });

  test.each<[string, Args, Args, string[], string[]]>([
    ["a new argument", { a: "x" }, { a: "x", b: "y" }, [], ["y"]],
    ["one that is gone", { a: "x", b: "y" }, { a: "x" }, ["y"], []],
    ["a number that became a text", { a: 1 }, { a: "1" }, ["1"], ['"1"']],
    ["one line of many", { a: "1\n2\n3" }, { a: "1\nx\n3" }, ["2\n"], ["x\n"]],
    ["one side of an edit", { old: "a", new: "b" }, { old: "a", new: "c" }, ["b"], ["c"]],
    ["all arguments", { a: "x" }, {}, ["x"], []],
  ])("marks %s", async (_, before, now, removed, added) => {
    const { text, update } = await show(asked(before));
    await update(asked(now));
    expect([text(".sigmic-line--removed"), text(".sigmic-line--added")]).toEqual([removed, added]);
    expect(text(".sigmic-args__bar > span:first-child")[0]).toContain(", 1 changed");
  });

  test("names the tool that it was", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update(asked(BEFORE, { tool_name: "delete_file" }));
    expect(text(`${NOTES} s`)).toEqual(["write_file"]);
    expect(text(HEADING)).toEqual(["This call changed, look again"]);
  });

  test("marks the lines of its JSON", async () => {
    const { text, update, click } = await show(asked({ a: "x", b: 1 }));
    await update(asked({ a: "x", b: 2 }));
    await click("Raw");
    expect([text(".sigmic-line--removed"), text(".sigmic-line--added")]).toEqual([
      ['  "b": 1\n'],
      ['  "b": 2\n'],
    ]);
  });

  test("compares with what was shown first, and not at all when it is that again", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update(asked({ ...BEFORE, mode: "append" }));
    await update(asked(NOW));
    expect(text(".sigmic-line--removed")).toEqual(["downloads/summary.md"]);
    await update(asked(BEFORE));
    expect(text(HEADING)).toEqual(["Approve write_file?"]);
    expect(text(".sigmic-line--removed")).toEqual([]);
  });

  test("is not what is the same in another order", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update(asked(Object.fromEntries(Object.entries(BEFORE).reverse())));
    expect(text(HEADING)).toEqual(["Approve write_file?"]);
  });

  test("closes what its last version was to be always approved by, and keeps the focus", async () => {
    const { el, text, update, click } = await show(asked(BEFORE));
    await click("Always…");
    expect(text(".sigmic-approval__step-title")).toHaveLength(1);
    await update(asked(NOW));
    expect(text(".sigmic-approval__step-title")).toEqual([]);
    expect(document.activeElement).toBe(el.querySelector(".sigmic-approval"));
  });

  test("is told to a screen reader", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update(asked(NOW));
    expect(text("[role=status]")).toEqual(["This call changed, look again: write_file."]);
  });
});

describe("a decision that the kernel refuses because the call changed", () => {
  test.each([
    ["Approve once", `${CHANGED} Your approval was not sent, and nothing ran.`],
    ["Reject", `${CHANGED} Your rejection was not sent.`],
  ])("by %s is asked for again", async (name, expected) => {
    const { text, click, answer, update } = await show(asked(BEFORE));
    await click(name);
    await answer("decide", { error: changed });
    expect(text(HEADING)).toEqual(["This call changed, look again"]);
    await update(asked(NOW));
    expect(text(NOTES)).toEqual([expected]);
    expect(text(".sigmic-approval__actions button")).toHaveLength(4);
  });

  test("is the same where the trait tells it", async () => {
    const { text, update } = await show(asked(BEFORE));
    await update({
      ...asked(NOW),
      decisions: [
        {
          call_id: "c1",
          tool_name: "write_file",
          args: BEFORE,
          args_json: null,
          outcome: "proceed_always",
          by: { kind: "person" },
          state: "failed",
          decided_at: "2026-01-26T15:51:00Z",
          confirmed_at: null,
          error: changed,
          reason: null,
        },
      ],
    });
    expect(text(NOTES)).toEqual([`${CHANGED} Your approval was not sent, and nothing ran.`]);
  });
});
