import { describe, expect, test } from "vitest";
import type { ThoughtRow, ToolCall, ToolCallRow } from "../src/wire";
import { at, shell, show, useStage } from "./stage";

useStage();

const thought = (id: string, subject: string, more: Partial<ThoughtRow> = {}): ThoughtRow => ({
  id,
  kind: "thought",
  subject,
  description: "",
  first_seen_at: at(20),
  settled_at: at(17),
  ...more,
});
const row = (more: Partial<ToolCallRow> = {}): ToolCallRow => ({
  id: "call-c1",
  kind: "tool_call",
  call_id: "c1",
  first_seen_at: at(12),
  settled_at: null,
  waiting_at: null,
  resumed_at: null,
  ...more,
});
const isOpen = (el: HTMLElement): boolean =>
  el.querySelector<HTMLDetailsElement>(".sigmic-timeline")?.open ?? false;
const SUMMARY = ".sigmic-timeline__summary";

describe("a tool call is shown with what is known of it:", () => {
  test.each<[string, Partial<ToolCall>, Partial<ToolCallRow>, string, string]>([
    ["pending", { status: "pending" }, {}, "pending", ""],
    ["waiting", {}, { waiting_at: at(12) }, "waiting for you", "12 s"],
    ["running", { status: "executing" }, {}, "running", "12 s"],
    [
      "running after approval",
      { status: "executing" },
      { waiting_at: at(12), resumed_at: at(5) },
      "running",
      "5 s",
    ],
    ["succeeded", { status: "success" }, { settled_at: at(11.6) }, "succeeded", "0.4 s"],
    [
      "succeeded after approval",
      { status: "success" },
      { waiting_at: at(12), resumed_at: at(5), settled_at: at(3) },
      "succeeded",
      "2 s",
    ],
    ["ended when it was first seen", { status: "success" }, { settled_at: at(12) }, "succeeded", ""],
    [
      "ended when it was seen to be approved",
      { status: "success" },
      { waiting_at: at(12), resumed_at: at(5), settled_at: at(5) },
      "succeeded",
      "",
    ],
    ["just begun", { status: "executing" }, { first_seen_at: at(0) }, "running", "0 s"],
    ["failed", { status: "error" }, { settled_at: at(2) }, "failed", "10 s"],
    ["cancelled", { status: "cancelled" }, { settled_at: null }, "cancelled", ""],
    [
      "of unknown duration",
      { status: "success" },
      { first_seen_at: null, settled_at: at(2) },
      "succeeded",
      "",
    ],
    ["of a status that is news to us", { status: "paused" }, {}, "paused", ""],
  ])("%s", async (_, call, times, status, duration) => {
    const { text } = await show({ tool_calls: [{ ...shell, ...call }], timeline: [row(times)] });
    expect(text(".sigmic-step__label")).toEqual(["run_shell_command ls -la"]);
    expect(text(".sigmic-step__status, .sigmic-step__duration")).toEqual([status, duration]);
  });

  test("rejected, where a person said so", async () => {
    const { text } = await show({
      tool_calls: [{ ...shell, status: "cancelled" }],
      timeline: [row()],
      decisions: [
        {
          ...shell,
          outcome: "cancel",
          by: { kind: "person" },
          state: "confirmed",
          decided_at: at(1),
          confirmed_at: at(0),
          error: null,
          reason: null,
        },
      ],
    });
    expect(text(".sigmic-step__status")).toEqual(["rejected"]);
  });

  test("not finished, where the task ended before it", async () => {
    const { text } = await show({
      status: "cancelled",
      tool_calls: [{ ...shell, status: "executing" }],
      timeline: [row()],
    });
    expect(text(".sigmic-step__status, .sigmic-step__duration")).toEqual(["not finished", ""]);
  });
});

test.each([
  [at(17), "3 s"],
  [at(20), ""],
])("a thought that settled at %s took %s", async (settled_at, took) => {
  const { text } = await show({ timeline: [thought("t1", "First", { settled_at })] });
  expect(text(".sigmic-step__duration")).toEqual([took]);
});

test("waiting calls tick", async () => {
  const { text, pass } = await show({ tool_calls: [shell], timeline: [row({ waiting_at: at(12) })] });
  await pass(3_000);
  expect(text(".sigmic-step__duration")).toEqual(["15 s"]);
});

test("the last thought is thinking only while the task runs", async () => {
  const timeline = [thought("t1", "First"), thought("t2", "Second", { settled_at: null })];
  const { text, update } = await show({ timeline });
  expect(text(".sigmic-step__status")).toEqual(["", "thinking"]);
  await update({ status: "completed" });
  expect(text(".sigmic-step__status")).toEqual(["", ""]);
});

test("rows open to what they hold and stay open through updates", async () => {
  const timeline = [thought("t1", "First", { description: "Why\nand how" }), row()];
  const { el, text, click, update } = await show({
    tool_calls: [{ ...shell, description: "List", output: "a.csv" }],
    timeline,
  });
  for (const summary of el.querySelectorAll(".sigmic-step summary")) await click(summary);
  const opened = (): string[] => text(".sigmic-step__text, .sigmic-args__value, .sigmic-output__text");
  const inside = ["Why\nand how", "The agent says: “List”", "ls -la\npwd", "120", "a.csv"];
  expect(opened()).toEqual(inside);
  const nodes = Array.from(el.querySelectorAll(".sigmic-step"));
  await update({ timeline: [...timeline, thought("t2", "Second")] });
  expect(opened()).toEqual(inside);
  expect(Array.from(el.querySelectorAll(".sigmic-step")).slice(0, 2)).toEqual(nodes);
});

test("a long timeline is in groups, and a group that is full stays as it is", async () => {
  const rows = (count: number): ThoughtRow[] =>
    Array.from({ length: count }, (_, n) => thought(`t${n}`, `Thought ${n}`));
  const { el, text, update } = await show({ timeline: rows(25) });
  const groups = (): Element[] => Array.from(el.querySelectorAll(".sigmic-timeline__group"));
  const counts = (): number[] => groups().map((group) => group.childElementCount);
  const before = [...groups(), ...el.querySelectorAll(".sigmic-step")];
  expect(counts()).toEqual([25]);
  await update({ timeline: rows(60) });
  expect(counts()).toEqual([25, 25, 10]);
  expect([groups()[0], ...(groups()[0]?.children ?? [])]).toEqual(before);
  expect(text(".sigmic-step__name")).toEqual(rows(60).map(({ subject }) => subject));
});

describe("a tool's output", () => {
  const lines = Array.from({ length: 1_204 }, (_, line) => `line ${line}`);
  const opened = async (output: string): Promise<Awaited<ReturnType<typeof show>>> => {
    const stage = await show({ tool_calls: [{ ...shell, output }], timeline: [row()] });
    await stage.click(stage.el.querySelector(".sigmic-step summary") as Element);
    return stage;
  };

  test("shows its first lines, and all on request", async () => {
    const { text, click } = await opened(lines.join("\n"));
    expect(text(".sigmic-output__text")).toEqual([lines.slice(0, 15).join("\n")]);
    await click("Show all (1,204 lines)");
    expect(text(".sigmic-output__text")).toEqual([lines.join("\n")]);
    await click("Show less");
    expect(text(".sigmic-output__text")).toEqual([lines.slice(0, 15).join("\n")]);
  });

  test("that is short is simply there", async () => {
    const { text } = await opened(lines.slice(0, 15).join("\n"));
    expect(text(".sigmic-output button")).toEqual([]);
  });

  test("of one very long line is measured in bytes", async () => {
    const { text } = await opened("x".repeat(120_000));
    expect(text(".sigmic-output button")).toEqual(["Show all (120 KB)"]);
  });
});

describe("the summary", () => {
  test("is the newest thought while the task runs", async () => {
    const { text, update } = await show({ timeline: [thought("t1", "First")] });
    expect(text(`${SUMMARY} > span`)).toEqual(["First", "1 step"]);
    await update({ timeline: [thought("t1", "First"), thought("t2", "Second"), row()], tool_calls: [shell] });
    expect(text(`${SUMMARY} > span`)).toEqual(["Second", "3 steps"]);
  });

  test("counts, and tells work from waiting, after the end", async () => {
    const { text } = await show({
      status: "completed",
      started_at: at(112),
      completed_at: at(0),
      timeline: [
        thought("t1", "First"),
        row({ waiting_at: at(100), resumed_at: at(70), settled_at: at(60) }),
        row({ id: "call-c2", waiting_at: at(80), resumed_at: at(59), settled_at: at(50) }),
      ],
      tool_calls: [{ ...shell, status: "success" }],
      decisions: ["c1", "c2", "c3"].map((call_id, index) => ({
        ...shell,
        call_id,
        outcome: index === 2 ? "cancel" : "proceed_once",
        by: { kind: "person" },
        state: "confirmed",
        decided_at: at(60),
        confirmed_at: at(59),
        error: null,
        reason: null,
      })),
    });
    expect(text(`${SUMMARY} > span`)).toEqual([
      "1 thought, 2 tool calls, 2 approved by you, 1 rejected by you",
      "worked 1 min 11 s, waited 41 s for you",
    ]);
  });
});

describe("the timeline", () => {
  const timeline = [thought("t1", "First", { description: "Why" })];
  const ended = { status: "completed", completed_at: at(0) };

  test("closes once, about a second after an end that was seen", async () => {
    const { el, update, pass, click } = await show({ timeline });
    await update(ended);
    expect(isOpen(el)).toBe(true);
    await pass(1_100);
    expect(isOpen(el)).toBe(false);
    await click(el.querySelector(SUMMARY) as Element);
    await pass(5_000);
    expect(isOpen(el)).toBe(true);
  });

  test.each([SUMMARY, ".sigmic-step summary"])(
    "stays as it is once the reader has clicked %s",
    async (selector) => {
      const { el, update, pass, click } = await show({ timeline });
      await click(el.querySelector(selector) as Element);
      if (selector === SUMMARY) await click(el.querySelector(selector) as Element);
      await update(ended);
      await pass(5_000);
      expect(isOpen(el)).toBe(true);
    },
  );

  test.each([
    ["completed", false],
    ["cancelled", false],
    ["failed", true],
    ["running", true],
  ])("of a task that was %s when it was first seen is open: %s", async (status, open) => {
    const { el } = await show({ status, timeline });
    expect(isOpen(el)).toBe(open);
  });

  test("stays open where the task failed, for there is the reason", async () => {
    const { el, update, pass } = await show({ timeline });
    await update({ status: "failed" });
    await pass(5_000);
    expect(isOpen(el)).toBe(true);
  });
});
