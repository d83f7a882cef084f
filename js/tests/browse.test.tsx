import type { AnyModel } from "@anywidget/types";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import ages from "../../contract/ages.json";
import commands from "../../contract/browse/commands.json";
import contract from "../../contract/browse/traits.json";
import { showTasks } from "../src/browse/show";
import type { BrowseTraits, Listed } from "../src/browse/wire";
import { age } from "../src/format";
import { connect } from "../src/model";
import { createMount } from "../src/view/mount";
import type { Command } from "../src/wire";
import { FakeKernel, idle, NOW, unavailable, useStage } from "./stage";

useStage();

const { listed, opened, words } = contract as unknown as BrowseTraits;
const list: BrowseTraits = { listed, opened: null, busy: false, words };

class FakeBrowser extends FakeKernel {
  constructor(traits: Partial<BrowseTraits> = {}) {
    super({ ...list, ...traits } as never);
  }
}

/** A list on a page whose other models are those that are given. */
async function browse(traits: Partial<BrowseTraits> = {}, models: { [name: string]: FakeKernel } = {}) {
  const kernel = new FakeBrowser(traits);
  const el = document.createElement("div");
  document.body.append(el);
  const pass = (ms: number): Promise<void> =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  const find = async (name: string) => models[name]?.model ?? null;
  let close = (): void => undefined;
  await act(async () => {
    close = showTasks(el, kernel.model as unknown as AnyModel<BrowseTraits>, kernel.replies, {
      find,
      mount: createMount(),
    });
  });
  const hear = async (): Promise<void> => {
    await act(async () =>
      kernel.reply({
        reply_to: kernel.last("hello").id,
        ok: true,
        data: { now: new Date(NOW).toISOString() },
      }),
    );
    await pass(20);
  };
  await hear();
  return {
    kernel,
    el,
    pass,
    close: () => act(close),
    update: async (changed: Partial<BrowseTraits>) => {
      await act(async () => kernel.update(changed as never));
      await pass(20);
    },
    text: (selector: string) => Array.from(el.querySelectorAll(selector), (each) => each.textContent),
    press: (name: string) =>
      act(async () => {
        const buttons = Array.from(el.querySelectorAll("button"));
        const button = buttons.find((each) => each.textContent === name || each.title === name);
        if (button === undefined) throw new Error(`no button says ${name}`);
        button.focus();
        button.click();
      }),
    enter: (selector: string, value: string) =>
      act(async () => {
        const field = el.querySelector(selector) as HTMLInputElement;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
  };
}

const changed = (what: Partial<Listed>): Partial<BrowseTraits> => ({ listed: { ...listed, ...what } });

test("the tasks are shown as the kernel tells them", async () => {
  const { text, el } = await browse();
  expect(text("th")).toEqual(words.columns);
  expect(text("td")).toEqual([
    "Waiting for you",
    "Reconcile the March ledger against the bank export",
    "4",
    "2 min ago",
    "Completed",
    "Compare the two drafts…",
    "1,204",
    age(listed.rows[1]?.at ?? null, NOW),
    "sleeping",
    "t-3",
    "",
    "",
  ]);
  expect(text("h3, h3 + p, output")).toEqual(["Tasks", listed.count, listed.foot]);
  expect(el.querySelectorAll(".sigmic-status--waiting, .sigmic-status--pending")).toHaveLength(2);
});

test("what is hidden in a message is shown", async () => {
  const [row] = listed.rows;
  const { text } = await browse(changed({ rows: [{ ...row, message: "<b>\u202e</b>" } as never] }));
  expect(text("td button")).toEqual(["<b>⟦U+202E⟧</b>"]);
});

test.each(ages.ages)("%s is %s by the clock of the contract, in UTC", (at, expected) => {
  vi.stubEnv("TZ", "UTC");
  expect(age(at as string | null, Date.parse(ages.now)) ?? "").toBe(expected);
  vi.unstubAllEnvs();
});

test("ages go on, and cost nothing in between", async () => {
  const { text, pass, el } = await browse();
  const cell = el.querySelector("td:last-child") as Element;
  const observed = vi.fn();
  new MutationObserver(observed).observe(cell, { childList: true, characterData: true, subtree: true });
  await pass(25_000);
  expect(observed).not.toHaveBeenCalled();
  await pass(65_000);
  expect(text("td:last-child")[0]).toBe("3 min ago");
});

test.each(commands.valid as Command[])(
  "a command goes out as the contract writes it: $command",
  (example) => {
    const kernel = new FakeBrowser();
    const { id: _, ...command } = example;
    void connect(kernel.model).send(command as never);
    expect(kernel.sent[0]).toMatchObject(command);
  },
);

test("what is entered is asked for once the typing rests, with the status that is chosen", async () => {
  const { kernel, enter, pass, el } = await browse();
  await enter("input", "inv");
  await pass(200);
  await enter("input", "invoice");
  await enter("select", "failed");
  expect(kernel.asked).toEqual([]);
  await pass(300);
  expect(kernel.asked).toEqual([{ command: "find", text: "invoice", status: "failed" }]);
  expect((el.querySelector("input") as HTMLInputElement).value).toBe("invoice");
});

test("what is being typed survives what the kernel tells", async () => {
  const { enter, update, el } = await browse();
  await enter("input", "invoi");
  await update(changed({ text: "inv", foot: "1 task matches" }));
  expect((el.querySelector("input") as HTMLInputElement).value).toBe("invoi");
});

test("a view that comes later has the filter that is in force", async () => {
  const { el } = await browse(changed({ text: "inv" }));
  expect((el.querySelector("input") as HTMLInputElement).value).toBe("inv");
});

test("more comes by the button, and on the way down", async () => {
  const { kernel, press, el, update } = await browse();
  await press("Search on");
  const box = el.querySelector("fieldset > div:has(table)") as HTMLElement;
  const scroll = (): Promise<void> => act(async () => void box.dispatchEvent(new Event("scroll")));
  await scroll();
  expect(kernel.asked).toEqual([
    { command: "more", rows: 3 },
    { command: "more", rows: 3 },
  ]);
  await update({ busy: true });
  await scroll();
  await update({ busy: false, ...changed({ problem: unavailable, more: "Retry" }) });
  await scroll();
  await update(changed({ more: null }));
  await scroll();
  expect(kernel.asked).toHaveLength(2);
});

test("a problem says what happened, and can be tried again", async () => {
  const { kernel, text, press } = await browse(changed({ problem: unavailable, more: "Retry" }));
  expect(text(".sigmic-problem__title, .sigmic-problem__message")).toEqual([
    "The service has a problem",
    unavailable.message,
  ]);
  await press("Retry");
  await press("Refresh");
  expect(kernel.asked).toEqual([{ command: "more", rows: 3 }, { command: "refresh" }]);
});

test("a task is opened in place, live, and the focus goes with it and comes back", async () => {
  const task = new FakeKernel({ ...idle, content: "So far" });
  const { kernel, press, update, text, el } = await browse({}, { [opened?.model ?? ""]: task });
  await press("Compare the two drafts…");
  expect(kernel.asked).toEqual([{ command: "open", task_id: listed.rows[1]?.id }]);
  await update({ opened });
  expect((el.querySelector("fieldset") as HTMLElement).hidden).toBe(true);
  expect(text(".sigmic-header__message, nav code")).toEqual([opened?.code, idle.message]);
  expect(document.activeElement?.textContent).toBe("All tasks");
  await press("Stop");
  expect(task.sent.map(({ command }) => command)).toEqual(["hello"]); // no person clicked
  await press("All tasks");
  await update({ opened: null });
  expect(kernel.asked.at(-1)).toEqual({ command: "back" });
  expect((el.querySelector("fieldset") as HTMLElement).hidden).toBe(false);
  expect(document.activeElement?.textContent).toBe("Compare the two drafts…");
  expect(text(".sigmic-header__message")).toEqual([]);
});

test("a view in which nothing was pressed leaves the focus where it is", async () => {
  const { update } = await browse();
  await update({ opened });
  expect(document.activeElement).toBe(document.body);
});

test("and so does one in which a task was opened, when another view leaves it", async () => {
  const { press, update } = await browse();
  await press("Compare the two drafts…");
  await update({ opened });
  const elsewhere = document.body.appendChild(document.createElement("input"));
  elsewhere.focus();
  await update({ opened: null });
  expect(document.activeElement).toBe(elsewhere);
});

test("where a page does not give the task's model, it is said how to follow it", async () => {
  const { text } = await browse({ opened });
  expect(text("nav code")).toEqual([opened?.code]);
});

test("without a kernel nothing can be pressed, and it says why", async () => {
  const kernel = new FakeBrowser();
  const el = document.createElement("div");
  document.body.append(el);
  await act(async () => {
    showTasks(el, kernel.model as never, kernel.replies, { find: async () => null, mount: createMount() });
  });
  expect((el.querySelector("fieldset") as HTMLFieldSetElement).disabled).toBe(true);
  expect(el.querySelector("output")?.textContent).toBe(words.no_kernel);
});

test("it goes away without a trace", async () => {
  const { kernel, close, el } = await browse();
  await close();
  expect([el.childElementCount, kernel.listeners.size]).toEqual([0, 0]);
});
