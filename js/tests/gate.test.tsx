import { act } from "preact/test-utils";
import { describe, expect, test, vi } from "vitest";
import type { PendingApproval, Traits } from "../src/wire";
import { layout, SETTLE_MS, type Stage, show, useStage, waiting } from "./stage";

useStage();

const LONG = { clientHeight: 200, scrollHeight: 1_000 };
const asked = (...more: Partial<PendingApproval>[]): Partial<Traits> => ({
  status: "awaiting_approval",
  pending_approvals: more.map((each, at) => ({ ...waiting, call_id: `c${at}`, ...each })),
});

async function showLong(...more: Partial<PendingApproval>[]): Promise<Stage> {
  Object.assign(layout, LONG);
  return await show(asked(...(more.length > 0 ? more : [{}])));
}
const box = ({ el }: Stage): HTMLElement => el.querySelector(".sigmic-args__scroll") as HTMLElement;
const tick = ({ el }: Stage): HTMLInputElement => el.querySelector(".sigmic-checkbox") as HTMLInputElement;
const isOpen = (stage: Stage): boolean =>
  stage.button("Approve once")?.getAttribute("aria-disabled") === "false";

async function scroll(stage: Stage, top: number): Promise<void> {
  await act(async () => {
    box(stage).scrollTop = top;
    box(stage).dispatchEvent(new Event("scroll"));
  });
}

test("arguments that fit stand behind no gate", async () => {
  const stage = await show(asked({}));
  expect(stage.text(".sigmic-approval__gate, .sigmic-args__position")).toEqual([]);
  expect(isOpen(stage)).toBe(true);
  expect(box(stage).hasAttribute("tabindex")).toBe(false);
});

describe("arguments that do not fit", () => {
  test("are to be seen before they can be approved, and the buttons say so", async () => {
    const stage = await showLong();
    expect(stage.text(".sigmic-approval__gate")).toEqual([
      "I have seen all 13 characters or scroll to the end, then approve",
    ]);
    for (const name of ["Approve once", "Always…"]) {
      await stage.click(name);
      const described = stage.button(name)?.getAttribute("aria-describedby") ?? "";
      expect(document.getElementById(described)?.textContent).toContain("I have seen all 13 characters");
      expect(stage.button(name)?.getAttribute("aria-disabled")).toBe("true");
    }
    expect(stage.kernel.asked).toEqual([]);
    expect(stage.text(".sigmic-approval__step")).toEqual([]);
  });

  test("can be rejected unseen", async () => {
    const stage = await showLong();
    await stage.click("Reject");
    expect(stage.kernel.asked).toHaveLength(1);
  });

  test("are seen when they were scrolled to their end", async () => {
    const stage = await showLong();
    expect(stage.text(".sigmic-args__position")).toEqual(["lines 1–11 of 53"]);
    await scroll(stage, 700);
    expect(stage.text(".sigmic-args__position")).toEqual(["lines 38–47 of 53"]);
    expect(isOpen(stage)).toBe(false);
    await scroll(stage, 799);
    expect(isOpen(stage)).toBe(true);
    expect(tick(stage).checked).toBe(true);
    await scroll(stage, 0);
    expect(isOpen(stage)).toBe(true);
  });

  test("are seen when the reader says so, until they take it back", async () => {
    const stage = await showLong();
    await stage.click(tick(stage));
    expect(isOpen(stage)).toBe(true);
    await stage.click(tick(stage));
    expect(isOpen(stage)).toBe(false);
  });

  test("are not seen because a script says so", async () => {
    Object.assign(layout, LONG);
    const stage = await show(asked({}), { trusts: (event) => event.isTrusted });
    for (const element of [tick(stage), stage.el.querySelector("label") as Element]) {
      await stage.click(element);
      expect([tick(stage).checked, isOpen(stage)]).toEqual([false, false]);
    }
  });

  test("can be reached and scrolled with the keyboard", async () => {
    const stage = await showLong();
    expect([box(stage).tabIndex, box(stage).getAttribute("aria-label")]).toEqual([0, "Arguments"]);
  });

  test("are to be seen anew when they changed, from their beginning", async () => {
    const stage = await showLong();
    await scroll(stage, 800);
    await stage.update(asked({ args: { command: "rm -rf ~" } }));
    expect(box(stage).scrollTop).toBe(0);
    expect(tick(stage).checked).toBe(false);
    expect(isOpen(stage)).toBe(false);
  });

  test("stay seen when they come again in another order", async () => {
    const args = Object.entries(waiting.args);
    const stage = await showLong();
    await scroll(stage, 800);
    await stage.update(asked({ args: Object.fromEntries(args.reverse()) }));
    expect(isOpen(stage)).toBe(true);
  });

  test("stay seen when another call changes", async () => {
    const stage = await showLong({}, {});
    await scroll(stage, 800);
    await stage.update(asked({}, { args: {} }));
    await stage.pass(SETTLE_MS);
    expect(isOpen(stage)).toBe(true);
  });

  test("are not seen for being shown as JSON, but they are at its end", async () => {
    const stage = await showLong();
    await scroll(stage, 700);
    await stage.click("Raw");
    expect(isOpen(stage)).toBe(false);
    await scroll(stage, 800);
    expect(isOpen(stage)).toBe(true);
  });
});

describe("where there is no room to measure", () => {
  test("nothing counts as seen", async () => {
    Object.assign(layout, { clientHeight: 0, scrollHeight: 0 });
    expect(isOpen(await show(asked({})))).toBe(false);
  });

  test("it is measured when there is", async () => {
    const measures: (() => void)[] = [];
    vi.stubGlobal(
      "ResizeObserver",
      class {
        constructor(measure: () => void) {
          measures.push(measure);
        }
        observe(): void {}
        disconnect(): void {}
      },
    );
    const stage = await showLong();
    Object.assign(layout, { clientHeight: 1_000 });
    await act(async () => {
      for (const measure of measures) measure();
    });
    expect(isOpen(stage)).toBe(true);
    expect(stage.text(".sigmic-approval__gate")).toEqual([]);
  });
});

describe("Approve all", () => {
  const calls = (stage: Stage): unknown[] =>
    stage.kernel.asked.map((command) => [
      "call_id" in command && command.call_id,
      "outcome" in command && command.outcome,
    ]);

  test("is offered for two calls and more, and approves each once", async () => {
    const stage = await show(asked({}, {}, {}));
    await stage.click("Approve all (3)");
    expect(calls(stage)).toEqual(["c0", "c1", "c2"].map((id) => [id, "proceed_once"]));
    expect(new Set(stage.kernel.asked.map((command) => "digest" in command && command.digest)).size).toBe(3);
    expect(stage.text(".sigmic-approvals__all")).toEqual([]);
    expect(document.activeElement).toBe(stage.el.querySelector(".sigmic-approvals"));
  });

  test("leaves out what is under way, and is not offered for the one that is left", async () => {
    const stage = await show(asked({}, {}, {}));
    await stage.click("Reject");
    await stage.pass(SETTLE_MS);
    expect(stage.text(".sigmic-approvals__all button")).toEqual(["Approve all (2)"]);
    await stage.click("Approve all (2)");
    expect(calls(stage)).toEqual([
      ["c0", "cancel"],
      ["c1", "proceed_once"],
      ["c2", "proceed_once"],
    ]);
    expect((await show(asked({}))).text(".sigmic-approvals__all")).toEqual([]);
  });

  test.each([
    [2, 1, "To approve both at once, see the long argument to its end first."],
    [2, 2, "To approve both at once, see the long arguments to their end first."],
    [3, 2, "To approve all 3 at once, see the long arguments to their end first."],
  ])("of %i calls waits for %i that are not seen", async (all, unseen, words) => {
    const stage = await showLong(...Array.from({ length: all }, () => ({})));
    for (const each of Array.from(stage.el.querySelectorAll(".sigmic-checkbox")).slice(unseen))
      await stage.click(each);
    expect(stage.text(".sigmic-approvals__all > span")).toEqual([words]);
    await stage.click(`Approve all (${all})`);
    expect(stage.kernel.asked).toEqual([]);
    const described = stage.button(`Approve all (${all})`)?.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).toBe(words);
  });

  test("is not pressed by a script, and not before the cards have come to rest", async () => {
    const forged = await show(asked({}, {}), { trusts: (event) => event.isTrusted });
    await forged.click("Approve all (2)");
    expect(forged.kernel.asked).toEqual([]);
    const stage = await show(asked({}, {}));
    await stage.update(asked({}, { args: {} }));
    await stage.click("Approve all (2)");
    expect(stage.kernel.asked).toEqual([]);
  });
});
