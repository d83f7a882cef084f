import { expect, test } from "vitest";
import { show, useStage, waiting } from "./stage";

useStage();

const SAID = "[role=status]";

test("a screen reader is told of boundaries, and of nothing between", async () => {
  const { text, update, pass } = await show({ status: "pending" });
  const said = async (traits: Parameters<typeof update>[0]): Promise<string> => {
    await update(traits);
    return text(SAID).join();
  };
  expect(text(SAID)).toEqual([""]);
  expect(await said({ status: "running" })).toBe("Task started.");
  expect(await said({ content: "Some text" })).toBe("Task started.");
  await pass(10_000);
  expect(text(SAID)).toEqual(["Task started."]);
  expect(await said({ status: "awaiting_approval", pending_approvals: [waiting] })).toBe(
    "Approval needed: run_shell_command.",
  );
  expect(await said({ status: "running", pending_approvals: [] })).toBe(
    "Approval needed: run_shell_command.",
  );
  expect(await said({ status: "completed" })).toBe("Task completed.");
});

test.each([
  ["failed", "Task failed."],
  ["cancelled", "Task cancelled."],
])("a task that %s says so", async (status, expected) => {
  const { text, update } = await show();
  await update({ status });
  expect(text(SAID)).toEqual([expected]);
});

test("a task that had ended before it was shown says nothing", async () => {
  const { text } = await show({ status: "completed" });
  expect(text(SAID)).toEqual([""]);
});

test("a call that waits already when the view is shown is told", async () => {
  const { text } = await show({ status: "awaiting_approval", pending_approvals: [waiting] });
  expect(text(SAID)).toEqual(["Approval needed: run_shell_command."]);
});

test("the same words are said again for another call", async () => {
  const { el, update, text } = await show({ status: "awaiting_approval", pending_approvals: [waiting] });
  const before = el.querySelector(`${SAID} > span`);
  await update({ pending_approvals: [waiting, { ...waiting, call_id: "c2" }] });
  expect(text(SAID)).toEqual(["Approval needed: run_shell_command."]);
  expect(el.querySelector(`${SAID} > span`)).not.toBe(before);
});
