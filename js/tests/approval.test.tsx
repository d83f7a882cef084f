import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { SHOWN_AFTER_MS } from "../src/view/useDecide";
import type { Outcome } from "../src/wire";
import { asked, BUTTONS, decide, decided } from "./asking";
import { at, SETTLE_MS, show, unavailable, useStage, waiting } from "./stage";

useStage();

const BUTTON_NAMES = ["Reject", "Approve once", "Always…", "Reject with a reason…"];

describe("a button of a card that is held down", () => {
  const press = (el: Element | null | undefined): Promise<void> =>
    act(async () => void el?.dispatchEvent(new Event("pointerdown", { bubbles: true })));

  test("has the kernel look at the task, for the decision to come", async () => {
    const { kernel, button } = await show(asked);
    await press(button("Reject"));
    await press(button("Approve once"));
    expect(kernel.asked).toEqual([{ command: "look" }, { command: "look" }]);
  });

  test("does so for persons alone", async () => {
    const { kernel, button } = await show(asked, { trusts: () => false });
    await press(button("Approve once"));
    expect(kernel.asked).toEqual([]);
  });

  test("is one: the words of a card are only words", async () => {
    const { kernel, el } = await show(asked);
    await press(el.querySelector(".sigmic-approval__description"));
    expect(kernel.asked).toEqual([]);
  });
});

describe("a call that waits", () => {
  test("is asked about with the tool's name, the agent's words as such, and how long it has waited", async () => {
    const { text, pass } = await show(asked);
    expect(text(".sigmic-approval__heading")).toEqual(["Approve run_shell_command?"]);
    expect(text(".sigmic-approval__description")).toEqual(["The agent says: “List the files”"]);
    expect(text(".sigmic-approval__aside")).toEqual(["waiting 34 s"]);
    await pass(2_000);
    expect(text(".sigmic-approval__aside")).toEqual(["waiting 36 s"]);
  });

  test("is said to be there because the policy failed, as plain text before the arguments", async () => {
    const policy_error = "ZeroDivisionError: **division** by <zero>";
    const { text } = await show({ ...asked, pending_approvals: [{ ...waiting, policy_error }] });
    expect(text(".sigmic-approval > *").slice(1, 4)).toEqual([
      "The agent says: “List the files”",
      `The policy failed (${policy_error}), so you decide.`,
      expect.stringContaining("ls -la"),
    ]);
  });

  test("is a group that is named by its question, and takes no focus", async () => {
    const { el } = await show(asked);
    const group = el.querySelector("[role=group]");
    const title = document.getElementById(group?.getAttribute("aria-labelledby") ?? "");
    expect(title?.textContent).toBe("Approve run_shell_command?");
    expect(document.activeElement).toBe(document.body);
  });

  test("offers to reject first, then to approve once, then always", async () => {
    const { text } = await show(asked);
    expect(text(BUTTONS)).toEqual(BUTTON_NAMES);
  });

  test.each<[string, Outcome]>([
    ["Reject", "cancel"],
    ["Approve once", "proceed_once"],
  ])("is decided by %s", async (words, outcome) => {
    const { kernel, click } = await show(asked);
    await click(words);
    expect(kernel.asked).toEqual([decide(outcome)]);
  });

  test("is approved for good only in a second step that says what is granted", async () => {
    const { kernel, click, text, pass } = await show(asked);
    await click("Always…");
    expect(kernel.asked).toEqual([]);
    expect(text(".sigmic-approval__grants dt")).toEqual([
      "Runs now",
      "Runs later unasked",
      "Similar",
      "Ends",
    ]);
    expect(text(".sigmic-args__key")).toEqual(["command", "timeout_s"]);
    await click("Back");
    expect(text(BUTTONS)).toEqual(BUTTON_NAMES);
    await click("Always…");
    await pass(SETTLE_MS);
    await click("Approve for this session");
    expect(kernel.asked).toEqual([decide("proceed_always")]);
  });

  test("is not decided by a script's click", async () => {
    const forged = { trusts: (event: Event): boolean => event.isTrusted };
    const { kernel, click, text } = await show(asked, forged);
    for (const name of BUTTON_NAMES) await click(name);
    expect(kernel.asked).toEqual([]);
    expect(text(".sigmic-approval__heading")).toEqual(["Approve run_shell_command?"]);
    expect(text(".sigmic-approval__step")).toEqual([]);
    const failed = decided({ state: "failed", error: unavailable });
    const other = await show({ ...asked, decisions: [failed] }, forged);
    await other.click("Retry approval");
    expect(other.kernel.asked).toEqual([]);
  });

  test.each([
    ["Always…", "Approve for this session"],
    ["Reject with a reason…", "Reject"],
  ])("is not decided by a script's click in the step of %s", async (open, decideBy) => {
    const { kernel, click, pass } = await show(asked, {
      trusts: ({ target }) => (target as Element).textContent === open,
    });
    await click(open);
    await pass(SETTLE_MS);
    await click(decideBy);
    expect(kernel.asked).toEqual([]);
  });

  test("is not decided by Enter where no button has the focus", async () => {
    const { kernel, el } = await show(asked);
    for (const key of ["Enter", " "]) {
      el.querySelector(".sigmic-approval")?.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true }),
      );
    }
    expect(kernel.asked).toEqual([]);
  });
});

describe("a decision", () => {
  test("is not taken from a click that was meant for what was there before", async () => {
    const { kernel, click, text, button, pass } = await show({
      ...asked,
      pending_approvals: [waiting, { ...waiting, call_id: "c2" }],
    });
    await click("Approve once");
    expect(text(BUTTONS)).toHaveLength(4);
    expect(button("Approve once")?.getAttribute("aria-disabled")).toBe("true");
    await click("Approve once");
    expect(kernel.asked).toHaveLength(1);
    await pass(SETTLE_MS);
    await click("Approve once");
    expect(kernel.asked.map((command) => "call_id" in command && command.call_id)).toEqual(["c1", "c2"]);
  });

  test("is sent once, however often it is clicked", async () => {
    const { kernel, button } = await show(asked);
    const approve = button("Approve once");
    const reject = button("Reject");
    approve?.click();
    approve?.click();
    reject?.click();
    expect(kernel.asked).toEqual([decide("proceed_once")]);
  });

  test("is sent at once, and once, before it is drawn as sent", async () => {
    const { button, pass, text, kernel } = await show(asked);
    const approve = button("Approve once") as HTMLButtonElement;
    await act(async () => approve.click());
    await act(async () => approve.click());
    expect(kernel.asked).toEqual([decide("proceed_once")]);
    expect(text(BUTTONS)).toContain("Approve once");
    await pass(SHOWN_AFTER_MS);
    expect(text(BUTTONS)).toEqual([]);
    expect(kernel.asked).toHaveLength(1);
  });

  test("is on its way, not done, until the kernel says so", async () => {
    const { click, text, answer, update, el } = await show(asked);
    await click("Approve once");
    const sending = [["Sending your approval of run_shell_command"], ["not confirmed yet"], []];
    const seen = (): string[][] => [
      text(".sigmic-approval__heading"),
      text(".sigmic-approval__aside"),
      text(BUTTONS),
    ];
    expect(seen()).toEqual(sending);
    expect(el.querySelector(".sigmic-approval--sending")?.getAttribute("aria-busy")).toBe("true");
    await answer("decide", null);
    expect(seen()).toEqual(sending);
    await update({ decisions: [decided({ state: "sent" })] });
    expect(seen()).toEqual(sending);
    await update({
      pending_approvals: [],
      decisions: [decided({ state: "confirmed", confirmed_at: at(0) })],
    });
    expect(text(".sigmic-approval__heading")).toEqual([]);
    expect(text(".sigmic-decision strong")).toEqual(["Approved once"]);
  });

  test("keeps the focus in its card when its button goes", async () => {
    const { click, el } = await show(asked);
    await click("Approve once");
    expect(document.activeElement).toBe(el.querySelector(".sigmic-approval"));
  });

  test("says that the kernel is busy when no reply comes", async () => {
    const { click, pass, text } = await show(asked);
    await click("Reject");
    expect(text(".sigmic-approval__description")).toEqual([]);
    await pass(2_100);
    expect(text(".sigmic-approval__description")).toEqual([
      "The kernel is busy. What you clicked is delivered when the running cell ends.",
    ]);
  });

  test("that was refused says why and can be tried again", async () => {
    const { click, answer, text, kernel, pass } = await show(asked);
    await click("Approve once");
    await answer("decide", { error: unavailable });
    expect(text(".sigmic-approval__heading")).toEqual([
      "Your approval of run_shell_command did not get through",
    ]);
    expect(text(".sigmic-approval__description")).toEqual([
      "The service did not answer (503). The call still waits, and nothing ran.",
    ]);
    expect(text(BUTTONS)).toEqual(["Reject", "Retry approval"]);
    await pass(SETTLE_MS);
    await click("Retry approval");
    expect(kernel.asked).toHaveLength(2);
    expect(text(".sigmic-approval__heading")).toEqual(["Sending your approval of run_shell_command"]);
  });

  test("that failed after the kernel took it can be tried again, too", async () => {
    const { click, answer, update, text, kernel, pass } = await show(asked);
    await click("Reject");
    await answer("decide", null);
    await update({ decisions: [decided({ outcome: "cancel", state: "failed", error: unavailable })] });
    expect(text(BUTTONS)).toEqual(["Retry rejection", "Approve once"]);
    await pass(SETTLE_MS);
    await click("Retry rejection");
    expect(kernel.asked.at(-1)).toEqual(decide("cancel"));
    expect(text(".sigmic-approval__heading")).toEqual(["Sending your rejection of run_shell_command"]);
  });

  test("of a policy is said to be its doing", async () => {
    const { text } = await show({
      ...asked,
      decisions: [decided({ by: { kind: "policy", name: "read_only" }, state: "sending" })],
    });
    expect(text(".sigmic-approval__heading")).toEqual([
      "Sending the approval of run_shell_command by the policy read_only",
    ]);
  });
});
