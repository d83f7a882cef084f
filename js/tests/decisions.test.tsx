import { expect, test } from "vitest";
import type { Decision, Reason } from "../src/wire";
import { at, show, unavailable, useStage } from "./stage";

useStage();

const decision = (call_id: string, more: Partial<Decision>): Decision => ({
  call_id,
  tool_name: "read_file",
  args: { path: `uploads/${call_id}.csv` },
  args_json: null,
  outcome: "proceed_once",
  by: { kind: "person" },
  state: "confirmed",
  decided_at: at(30),
  confirmed_at: null,
  error: null,
  reason: null,
  ...more,
});

test.each<[string, Partial<Decision>]>([
  ["Approved once by you", {}],
  ["Approved for this session by you", { outcome: "proceed_always" }],
  ["Rejected by you", { outcome: "cancel" }],
  ["Approved by the policy read_only", { by: { kind: "policy", name: "read_only" } }],
  ["Rejected by the policy read_only", { by: { kind: "policy", name: "read_only" }, outcome: "cancel" }],
  ["Already decided elsewhere", { by: { kind: "elsewhere" }, outcome: null }],
  ["Cancelled with the task", { by: { kind: "stop" }, outcome: "cancel" }],
  ["Expired because the task ended before it was decided", { by: { kind: "expired" }, outcome: null }],
  ["Approval not delivered by you", { state: "failed", error: unavailable }],
])("a decision reads: %s", async (expected, more) => {
  const { text } = await show({ decisions: [decision("a", more)] });
  expect(text(".sigmic-decision__row p:first-child").map((each) => each.trim())).toEqual([expected]);
  expect(text(".sigmic-decision__call")).toEqual(["read_file uploads/a.csv"]);
});

test("a decision tells when it was confirmed, and opens to the arguments", async () => {
  const confirmed_at = new Date(2026, 0, 26, 14, 31, 9).toISOString();
  const { text, el, click } = await show({ decisions: [decision("a", { confirmed_at })] });
  expect(text(".sigmic-decision__confirmed")).toEqual(["confirmed 14:31:09"]);
  expect(text(".sigmic-args__value")).toEqual([]);
  await click(el.querySelector(".sigmic-decision summary") as Element);
  expect(text(".sigmic-args__value")).toEqual(["uploads/a.csv"]);
});

test("a decision that was sent when the task ended is not said to be confirmed", async () => {
  const { text } = await show({ status: "cancelled", decisions: [decision("a", { state: "sent" })] });
  expect(text(".sigmic-decision__confirmed")).toEqual(["not confirmed"]);
});

test("the newest come first, and the earlier ones when they are asked for", async () => {
  const all = ["a", "b", "c", "d", "e", "f", "g"].map((id) => decision(id, {}));
  const { text, click } = await show({ decisions: all });
  const files = (): string[] => text(".sigmic-decision .sigmic-step__hint").map((path) => path.slice(8, 9));
  expect(files()).toEqual(["g", "f", "e", "d", "c"]);
  await click("Show 2 earlier decisions");
  expect(files()).toEqual(["g", "f", "e", "d", "c", "b", "a"]);
});

const text = "Keep the archive.";
test.each<[Reason["state"], string]>([
  ["waiting", `Your reason follows as a message when the task can take one: ${text}`],
  ["sending", `Your reason is being sent as a message: ${text}`],
  ["sent", `Your reason was sent as a message: ${text}`],
  ["failed", `Your reason could not be sent: ${text} ${unavailable.message}`],
  ["dropped", `Your reason was not sent, the task was stopped: ${text}`],
])("a rejection with a reason that is %s shows both steps", async (state, expected) => {
  const reason = { text, state, error: state === "failed" ? unavailable : null };
  const stage = await show({ decisions: [decision("a", { outcome: "cancel", reason })] });
  expect(stage.text(".sigmic-decision__steps li")).toEqual(["The call was cancelled.", expected]);
});

test("a rejection with a reason that was not confirmed does not say that the call was cancelled", async () => {
  const reason: Reason = { text, state: "dropped", error: null };
  const stage = await show({
    status: "cancelled",
    decisions: [decision("a", { outcome: "cancel", state: "sent", reason })],
  });
  expect(stage.text(".sigmic-decision__steps li")[0]).toBe("The rejection is not confirmed.");
});
