import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import type { Reason } from "../src/wire";
import { asked, BUTTONS, decide, decided } from "./asking";
import { FakeKernel, SETTLE_MS, show, unavailable, useStage, waiting } from "./stage";

useStage();

describe("rejecting with a reason", () => {
  const STEP = ".sigmic-approval__step";
  const field = (el: HTMLElement): HTMLTextAreaElement => el.querySelector("textarea") as HTMLTextAreaElement;
  const type = (el: HTMLElement, words: string): Promise<void> =>
    act(async () => {
      field(el).value = words;
      field(el).dispatchEvent(new Event("input", { bubbles: true }));
    });

  test("is told as two steps, and decided by its button alone", async () => {
    const { kernel, el, click, text, pass } = await show(asked);
    await click("Reject with a reason…");
    expect(document.activeElement).toBe(field(el));
    expect(text(`${STEP} li`)).toEqual([
      "1. The call is rejected now.",
      "2. Your reason follows as a message when the task can take one, because the service takes no reason with a rejection.",
    ]);
    await type(el, " Keep it.\nPlease. ");
    for (const init of [{ key: "Enter" }, { key: "Enter", shiftKey: true }]) {
      field(el).dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true }));
    }
    expect(kernel.asked).toEqual([]);
    await pass(SETTLE_MS);
    await click("Reject");
    expect(kernel.asked).toEqual([decide("cancel", { reason: "Keep it.\nPlease." })]);
    expect(text(".sigmic-approval__description")).toEqual(["Your reason: “Keep it.\nPlease.”"]);
  });

  test("without one is a rejection", async () => {
    const { kernel, el, click, pass } = await show(asked);
    await click("Reject with a reason…");
    await type(el, " \n");
    await pass(SETTLE_MS);
    await click("Reject");
    expect(kernel.asked).toEqual([decide("cancel")]);
  });

  test("loses nothing that was typed, whatever happens to the call", async () => {
    const { el, click, update, text, pass } = await show(asked);
    await click("Reject with a reason…");
    const before = field(el);
    await type(el, "Keep it.");
    await update({ content: "New text", pending_approvals: [{ ...waiting, args: { command: "rm" } }] });
    expect(field(el)).toBe(before);
    expect(field(el).value).toBe("Keep it.");
    await click("Back");
    expect(text(STEP)).toEqual([]);
    expect(document.activeElement).toBe(el.querySelector(".sigmic-approval"));
    await pass(SETTLE_MS);
    await click("Reject with a reason…");
    expect(field(el).value).toBe("Keep it.");
  });

  test("that failed is tried again with the reason", async () => {
    const reason: Reason = { text: "Keep it.", state: "dropped", error: null };
    const { kernel, click, text } = await show({
      ...asked,
      decisions: [decided({ outcome: "cancel", state: "failed", error: unavailable, reason })],
    });
    expect(text(".sigmic-approval__description").at(-1)).toBe("Your reason: “Keep it.”");
    await click("Retry rejection");
    expect(kernel.asked).toEqual([decide("cancel", { reason: "Keep it." })]);
  });
});

test("a decision of which it is not known whether it arrived says so, and offers nothing", async () => {
  const error = {
    ...unavailable,
    message: "It is not known whether it arrived",
    hint: "The task is being asked.",
  };
  const { text } = await show({ ...asked, decisions: [decided({ state: "sending", error })] });
  expect(text(".sigmic-approval__description")).toEqual([
    "It is not known whether it arrived. The task is being asked.",
  ]);
  expect(text(BUTTONS)).toEqual([]);
});

test("a decision that failed says when it was made", async () => {
  const decided_at = new Date(2026, 0, 26, 14, 31, 20).toISOString();
  const { text } = await show({
    ...asked,
    decisions: [decided({ state: "failed", error: unavailable, decided_at })],
  });
  expect(text(".sigmic-approval__aside")).toEqual(["14:31:20"]);
});

test.each([
  [
    ["\u202e", "\u202c"],
    "2 hidden characters are shown as tokens such as ⟦U+202E⟧. They change the direction of the text, so it can read differently from what runs.",
  ],
  [
    ["\u200b"],
    "1 hidden character is shown as the token ⟦U+200B⟧. It takes no room in the text, so it can read differently from what runs.",
  ],
  [
    ["\u0007", "\u{e0041}"],
    "2 hidden characters are shown as tokens such as ⟦U+0007⟧. They control how a terminal shows the text or hide words in the text, so it can read differently from what runs.",
  ],
])("hidden characters are counted, wherever they stand: %j", async (hidden, expected) => {
  const [first = "", second = ""] = hidden;
  const { text } = await show({
    ...asked,
    pending_approvals: [
      { ...waiting, tool_name: `run${first}_shell`, args: { [`comm${second}and`]: "ls" } },
      { ...waiting, call_id: "c2", args: { command: `${first}ls`, nested: { x: `${second}\n` } } },
      { ...waiting, call_id: "c3" },
    ],
  });
  expect(text(".sigmic-approval__warning")).toEqual([expected, expected]);
});

test("no letter of a tool's name is left out", async () => {
  const tool_name = "x".repeat(1_000);
  const { text } = await show({ ...asked, pending_approvals: [{ ...waiting, tool_name }] });
  expect(text(".sigmic-approval__heading")).toEqual([`Approve ${tool_name}?`]);
});

test("two views of one task are independent until the kernel tells both", async () => {
  const kernel = new FakeKernel(asked);
  const one = await show({}, { kernel });
  const other = await show({}, { kernel });
  const ids = [one, other].map(({ el }) => el.querySelector("h3")?.id);
  expect(new Set(ids).size).toBe(2);
  await one.click("Approve once");
  expect([one, other].map(({ text }) => text(BUTTONS).length)).toEqual([0, 4]);
  await one.update({ decisions: [decided({ state: "sent" })] });
  expect([one, other].map(({ text }) => text(BUTTONS).length)).toEqual([0, 0]);
  one.close();
  await other.update({ pending_approvals: [], decisions: [] });
  expect([one.el.childElementCount, other.text(".sigmic-approval").length]).toEqual([0, 0]);
});
