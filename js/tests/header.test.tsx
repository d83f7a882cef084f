import { describe, expect, test } from "vitest";
import awaiting from "../../contract/traits/awaiting-approval.json";
import failed from "../../contract/traits/failed.json";
import type { Traits } from "../src/wire";
import { at, NOW, show, unavailable, useStage, waiting } from "./stage";

useStage();

const live = {
  state: "live",
  since: at(60),
  next_try_at: null,
  reason: null,
  transport: null,
  note: null,
} as const;
const META = ".sigmic-header__note, .sigmic-header__elapsed";

describe("the status is said in words:", () => {
  test.each<[string, Partial<Traits>]>([
    ["Connecting", { status: "", connection: { ...live, state: "connecting" } }],
    ["Pending", { status: "pending" }],
    ["Running", {}],
    ["1 call waits for you", { status: "awaiting_approval", pending_approvals: [waiting] }],
    [
      "2 calls wait for you",
      { status: "awaiting_approval", pending_approvals: [waiting, { ...waiting, call_id: "c2" }] },
    ],
    ["Waiting for approval", { status: "awaiting_approval" }],
    ["Completed", { status: "completed" }],
    ["Failed", { status: "failed" }],
    ["Cancelled", { status: "cancelled" }],
    ["paused", { status: "paused" }],
    ["constructor", { status: "constructor" }],
    ["Not connected", { status: "", error: unavailable, connection: { ...live, state: "stopped" } }],
    ["Running", { connection: { ...live, state: "retrying" } }],
  ])("%s", async (words, traits) => {
    const { text } = await show(traits);
    expect(text(".sigmic-status")).toEqual([words]);
  });

  test("and says that the decision is on its way when nothing waits any more", async () => {
    const { text, click } = await show({ status: "awaiting_approval", pending_approvals: [waiting] });
    await click("Approve once");
    expect(text(".sigmic-status")).toEqual(["Sending your decision"]);
  });
});

describe("the time", () => {
  test("that has passed ticks by the kernel's clock", async () => {
    const { text, pass, answer } = await show();
    expect(text(META)).toEqual(["Elapsed time 48 s"]);
    await answer("hello", { now: new Date(NOW + 60_000).toISOString() });
    await pass(2_000);
    expect(text(META).at(-1)).toBe("Elapsed time 1 min 50 s");
  });

  test.each<[string, Partial<Traits>, string[]]>([
    ["of a task that ended stands", { status: "completed", completed_at: at(8) }, ["Elapsed time 40 s"]],
    ["of an end that nobody saw is not guessed", { status: "completed" }, []],
    [
      "of silence is told",
      { updated_at: at(34) },
      ["no update for 34 s, still connected", "Elapsed time 48 s"],
    ],
    [
      "of silence is nothing while a person is waited for",
      { status: "awaiting_approval", updated_at: at(34) },
      ["Elapsed time 48 s"],
    ],
    [
      "to the next try is told",
      { connection: { ...live, state: "retrying", next_try_at: at(-4) } },
      ["retrying in 4 s"],
    ],
    [
      "of the last news is told when nobody asks any more",
      { connection: { ...live, state: "ended", since: new Date(2026, 0, 26, 14, 31, 20).toISOString() } },
      ["as of 14:31:20"],
    ],
  ])("%s", async (_, traits, expected) => {
    const { text } = await show(traits);
    expect(text(META)).toEqual(expected);
  });
});

test("the message is one line, and all of it on request", async () => {
  const { el, click } = await show({ message: "Summarise\nsales.csv" });
  const message = el.querySelector(".sigmic-header__message") as HTMLButtonElement;
  expect([message.textContent, message.getAttribute("aria-expanded")]).toEqual([
    "Summarise\nsales.csv",
    "false",
  ]);
  await click(message);
  expect(message.getAttribute("aria-expanded")).toBe("true");
});

describe("Stop", () => {
  test("is sent once, and says so until the task has ended", async () => {
    const { kernel, click, button, answer, update } = await show();
    await click("Stop");
    await click("Stopping…");
    expect(kernel.asked).toEqual([{ command: "cancel" }]);
    await answer("cancel", null);
    expect(button("Stopping…")).toBeDefined();
    await update({ status: "cancelled", completed_at: at(0) });
    expect([button("Stop"), button("Stopping…")]).toEqual([undefined, undefined]);
    await update({ status: "running" });
    expect(button("Stop")).toBeDefined();
  });

  test("that failed says why, and can be tried again", async () => {
    const { kernel, click, answer, text } = await show();
    await click("Stop");
    await answer("cancel", { error: unavailable });
    expect(text(".sigmic-problem__title, .sigmic-problem__text")).toEqual([
      "Stop was not confirmed",
      "The service did not answer (503). The task may go on. Try Stop again.",
    ]);
    await click("Stop");
    expect(kernel.asked).toHaveLength(2);
    expect(text(".sigmic-problem__title")).toEqual([]);
  });

  test("tells when the kernel is busy", async () => {
    const { click, pass, text } = await show();
    await click("Stop");
    await pass(2_100);
    expect(text(".sigmic-problem__text")).toEqual([
      "The kernel is busy. What you clicked is delivered when the running cell ends.",
    ]);
  });

  test("works while a call waits", async () => {
    const { button } = await show({ status: "awaiting_approval", pending_approvals: [waiting] });
    expect(button("Stop")).toBeDefined();
  });

  test.each<Partial<Traits>>([
    { status: "completed" },
    { connection: { ...live, state: "ended" } },
    { task_id: "" },
  ])("is not offered where there is nothing to stop: %j", async (traits) => {
    const { button } = await show(traits);
    expect(button("Stop")).toBeUndefined();
  });
});

describe("the contract's examples", () => {
  test("of a call that waits", async () => {
    const { text } = await show(awaiting as Traits);
    expect(text(".sigmic-status, .sigmic-approval__heading")).toEqual([
      "1 call waits for you",
      "Approve read_file?",
    ]);
    expect(text(".sigmic-step__label").map((label) => label.trim())).toEqual([
      "Looking at the file",
      "list_directory /workspace/uploads",
      "read_file /workspace/uploads/sales.csv",
    ]);
    expect(text(".sigmic-markdown")).toEqual(["I will look at the file first."]);
  });

  test("of a task that failed", async () => {
    const { text } = await show(failed as Traits);
    expect(text(".sigmic-status, .sigmic-problem__message")).toEqual([
      "Failed",
      "Sandbox stopped: memory limit exceeded",
    ]);
  });
});

test("keys that are pressed in the view never reach the notebook's shortcuts", async () => {
  const { el } = await show();
  expect(el.querySelector(".sigmic")?.getAttribute("data-lm-suppress-shortcuts")).toBe("true");
});
