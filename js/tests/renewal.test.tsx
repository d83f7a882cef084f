import { describe, expect, test } from "vitest";
import { connect } from "../src/model";
import { createMount } from "../src/view/mount";
import type { ThoughtRow } from "../src/wire";
import { at, FakeKernel, idle, type Stage, shell, show, unavailable, useStage, waiting } from "./stage";

useStage();

const RETURN_MS = 2_000;
const thought: ThoughtRow = {
  id: "t1",
  kind: "thought",
  subject: "First",
  description: "Why",
  first_seen_at: at(20),
  settled_at: at(17),
};
const TIMELINE = ".sigmic-timeline";
const MESSAGE = ".sigmic-header__message";
const isExpanded = ({ el }: Stage): string | null | undefined =>
  el.querySelector(MESSAGE)?.getAttribute("aria-expanded");

/** A view, and how its host makes it anew. */
function host(traits: Parameters<typeof show>[0] = {}): { open(): Promise<Stage>; kernel: FakeKernel } {
  const kernel = new FakeKernel({ content: "a", timeline: [thought], ...traits });
  const mount = createMount(() => true);
  return { kernel, open: () => show({}, { kernel, mount }) };
}

const ways: [string, (stage: Stage) => void][] = [
  ["taken off the page, as by JupyterLab", ({ el }) => el.remove()],
  ["taken away, as elsewhere", ({ close }) => close()],
];

describe.each(ways)("a view that was %s", (_, leave) => {
  test("comes back as it was", async () => {
    const { open } = host();
    const before = await open();
    await before.click(before.el.querySelector(MESSAGE) as Element);
    await before.click(before.el.querySelector(".sigmic-step summary") as Element);
    const box = before.el.querySelector(".sigmic-answer__scroll") as HTMLElement;
    box.style.height = "300px";
    box.scrollTop = 40;
    box.dispatchEvent(new Event("scroll"));
    const view = before.el.innerHTML;
    leave(before);
    box.scrollTop = 0;
    const after = await open();
    expect([after.el.innerHTML, before.el.innerHTML]).toEqual([view, ""]);
    expect(after.el.querySelector(".sigmic-answer__scroll")?.scrollTop).toBe(40);
    expect(isExpanded(after)).toBe("true");
  });

  test("lives on in its new place, whatever becomes of the old one", async () => {
    const { open, kernel } = host();
    const before = await open();
    leave(before);
    const after = await open();
    before.close();
    await after.pass(RETURN_MS);
    await after.update({ message: "Another" });
    expect(after.text(MESSAGE)).toEqual(["Another"]);
    after.close();
    await after.pass(RETURN_MS);
    expect([after.el.innerHTML, kernel.listeners.size]).toEqual(["", 0]);
  });

  test("has the focus again if it had it", async () => {
    const { open } = host();
    const before = await open();
    const message = before.el.querySelector<HTMLElement>(MESSAGE);
    message?.focus();
    leave(before);
    (document.activeElement as HTMLElement).blur();
    await open();
    expect(document.activeElement).toBe(message);
  });

  test.each(["left before", "went elsewhere meanwhile"])("takes no focus that %s", async (when) => {
    const { open } = host();
    const field = document.createElement("input");
    document.body.append(field);
    const before = await open();
    before.el.querySelector<HTMLElement>(MESSAGE)?.focus();
    if (when === "left before") {
      field.focus();
      await before.pass(0);
      field.blur();
      leave(before);
    } else {
      leave(before);
      field.focus();
    }
    const focused = document.activeElement;
    await open();
    expect(document.activeElement).toBe(focused);
  });

  test("still hears what became of a click", async () => {
    const { open } = host({
      status: "awaiting_approval",
      tool_calls: [shell],
      pending_approvals: [waiting],
    });
    const before = await open();
    await before.click("Reject");
    leave(before);
    const after = await open();
    expect(after.text(".sigmic-approval__heading")).toEqual(["Sending your rejection of run_shell_command"]);
    await after.answer("decide", { error: unavailable });
    expect(after.button("Retry rejection")).toBeDefined();
  });

  test("closes its timeline once, about a second after the end, and says nothing again", async () => {
    const { open } = host();
    const before = await open();
    await before.update({ status: "completed" });
    const said = before.el.querySelector("[role=status] > span");
    leave(before);
    const after = await open();
    expect(after.el.querySelector(TIMELINE)?.hasAttribute("open")).toBe(true);
    await after.pass(1_000);
    expect(after.el.querySelector(TIMELINE)?.hasAttribute("open")).toBe(false);
    expect(after.el.querySelector("[role=status] > span")).toBe(said);
  });

  test("comes back in order, where there are several", async () => {
    const { open } = host();
    const before = [await open(), await open()];
    await before[1]?.click(before[1]?.el.querySelector(MESSAGE) as Element);
    for (let turn = 0; turn < 2; turn += 1) {
      before.splice(0).map((each) => leave(each));
      before.push(await open(), await open());
      expect(before.map(isExpanded)).toEqual(["false", "true"]);
    }
  });
});

test("views off the page go before a view that was taken away, whose cell runs again after them", async () => {
  const { open } = host();
  const [first, second] = [await open(), await open()];
  await second.click(second.el.querySelector(MESSAGE) as Element);
  first.close();
  second.el.remove();
  expect([isExpanded(await open()), isExpanded(await open())]).toEqual(["true", "false"]);
});

test("a view that nobody asks for again is gone for good", async () => {
  const { open } = host();
  const before = await open();
  await before.click(before.el.querySelector(MESSAGE) as Element);
  before.close();
  await before.pass(RETURN_MS);
  expect(isExpanded(await open())).toBe("false");
});

test("a view is not taken for another task's", async () => {
  const mount = createMount(() => true);
  const before = await show({}, { mount });
  await before.click(before.el.querySelector(MESSAGE) as Element);
  before.close();
  const after = await show({}, { mount, kernel: new FakeKernel({ task_id: "task-2" }) });
  expect(isExpanded(after)).toBe("false");
});

test("a view that is out of sight with its whole cell keeps its place", async () => {
  const { open } = host();
  const cell = document.createElement("div");
  const scrolledAway = await open();
  cell.append(scrolledAway.el);
  await open();
  expect(scrolledAway.text(MESSAGE)).toEqual([idle.message]);
});

test("views that are not on the page yet are left where they are", async () => {
  const { kernel } = host();
  const mount = createMount(() => true);
  const places = [document.createElement("div"), document.createElement("div")];
  for (const place of places) mount(place, connect(kernel.model));
  expect(places.map((place) => place.childElementCount)).toEqual([1, 1]);
});
