import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { type Stage, show, useStage } from "./stage";

useStage();

/** Gives the answer's box a size, which happy-dom does not, and a reader who scrolls. */
async function growing(): Promise<
  Stage & { box: HTMLElement; grow(height: number): Promise<void>; scroll(top: number): Promise<void> }
> {
  const stage = await show({ content: "a" });
  const box = stage.el.querySelector(".sigmic-answer__scroll") as HTMLElement;
  let height = 500;
  Object.defineProperties(box, {
    clientHeight: { get: () => 500 },
    scrollHeight: { get: () => height },
  });
  return {
    ...stage,
    box,
    async grow(to) {
      height = to;
      await stage.update({ content: `${stage.kernel.get("content")} more` });
    },
    async scroll(top) {
      box.scrollTop = top;
      await act(async () => void box.dispatchEvent(new Event("scroll")));
    },
  };
}

describe("an answer that grows", () => {
  test("is followed by a reader who is at its end", async () => {
    const { box, grow, button, scroll } = await growing();
    await grow(900);
    expect(box.scrollTop).toBe(900);
    await scroll(400);
    await grow(1_200);
    expect([box.scrollTop, button("Jump to latest")]).toEqual([1_200, undefined]);
  });

  test("leaves a reader alone who has scrolled up, and offers the way back", async () => {
    const { box, grow, scroll, button, click } = await growing();
    await grow(900);
    await scroll(400);
    await scroll(300);
    await grow(1_200);
    expect(box.scrollTop).toBe(300);
    await click("Jump to latest");
    await grow(1_500);
    expect(box.scrollTop).toBe(1_500);
    expect(button("Jump to latest")).toBeUndefined();
  });

  test("offers no way back when it has ended", async () => {
    const { grow, scroll, button, update } = await growing();
    await grow(900);
    await scroll(400);
    await scroll(100);
    expect(button("Jump to latest")).toBeDefined();
    await update({ status: "completed" });
    expect(button("Jump to latest")).toBeUndefined();
  });

  test("can be pulled higher and reached by keyboard once it is long", async () => {
    const { box, grow } = await growing();
    expect(box.classList.contains("sigmic-answer__scroll--long")).toBe(false);
    await grow(900);
    expect(box.classList.contains("sigmic-answer__scroll--long")).toBe(true);
    expect([box.tabIndex, box.getAttribute("aria-label")]).toEqual([0, "Answer"]);
  });
});

test("an answer says that it grows, until it has rested for a second or the task has ended", async () => {
  const { el, update, pass } = await show({ content: "a" });
  const grows = (): boolean => el.querySelector(".sigmic-frame--growing") !== null;
  await pass(1_000);
  expect(grows()).toBe(false);
  await update({ content: "a b" });
  expect(grows()).toBe(true);
  await pass(1_000);
  expect(grows()).toBe(false);
  await update({ content: "a b c" });
  await update({ status: "completed" });
  expect(grows()).toBe(false);
});

test("nothing is shown of an answer that has not begun", async () => {
  const { el } = await show({ content: "" });
  expect(el.querySelector(".sigmic-answer")).toBeNull();
});

test("half-written Markdown is completed only while the task runs", async () => {
  const { el, update } = await show({ content: "a **b" });
  const inside = (): string => el.querySelector(".sigmic-markdown p")?.innerHTML ?? "";
  expect(inside()).toBe("a <strong>b</strong>");
  await update({ status: "cancelled" });
  expect(inside()).toBe("a **b");
});
