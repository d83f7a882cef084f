import { act } from "preact/test-utils";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Stage, show, unavailable, useStage } from "./stage";

useStage();
afterEach(() => vi.unstubAllGlobals());

const details = {
  session_id: "ses-1",
  conversation_id: null,
  username: "ada",
  system_prompt: null,
  auto_execute: false,
  show_in_history: true,
  env: ["LOCALE", "ZONE"],
  secrets: ["TOKEN"],
};

async function opened(
  traits = {},
): Promise<Stage & { more: HTMLElement; press: (key: string) => Promise<void> }> {
  const stage = await show({ content: "**a**", ...traits });
  const more = stage.el.querySelector("[aria-haspopup=menu]") as HTMLElement;
  await stage.click(more);
  const press = (key: string): Promise<void> =>
    act(async () => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      );
    });
  return { ...stage, more, press };
}

const focused = (): string => document.activeElement?.textContent ?? "";

describe("the menu", () => {
  test("opens with its first entry in focus", async () => {
    const { text, more } = await opened();
    expect(text("[role=menuitem]")).toEqual(["Copy task id", "Copy answer as Markdown", "Show details"]);
    expect([focused(), more.getAttribute("aria-expanded")]).toEqual(["Copy task id", "true"]);
  });

  test("offers no answer to copy where there is none", async () => {
    const { text } = await opened({ content: "" });
    expect(text("[role=menuitem]")).toEqual(["Copy task id", "Show details"]);
  });

  test("is walked with the arrows, Home and End, round and round", async () => {
    const { press } = await opened();
    const walked: string[] = [];
    for (const key of ["ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"]) {
      await press(key);
      walked.push(focused());
    }
    expect(walked).toEqual([
      "Copy answer as Markdown",
      "Show details",
      "Copy task id",
      "Show details",
      "Copy task id",
    ]);
  });

  test("closes with Escape and gives the focus back", async () => {
    const { press, text, more } = await opened();
    await press("Escape");
    expect(text("[role=menu]")).toEqual([]);
    expect(document.activeElement).toBe(more);
  });

  test("closes with Tab, and when the reader presses elsewhere", async () => {
    const { press, text, click, more } = await opened();
    await press("Tab");
    expect(text("[role=menu]")).toEqual([]);
    await click(more);
    await act(async () => void document.body.dispatchEvent(new Event("pointerdown", { bubbles: true })));
    expect(text("[role=menu]")).toEqual([]);
  });
});

describe("copying", () => {
  test("puts the task's id and the answer's Markdown on the clipboard, and says so", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    const { click, text, pass, more } = await opened();
    await click("Copy task id");
    await pass(0);
    expect(text("[role=menuitem]")[0]).toBe("Copied");
    await click("Copy answer as Markdown");
    expect(writeText.mock.calls).toEqual([["task-1"], ["**a**"]]);
    await pass(2_000);
    expect(text("[role=menu]")).toEqual([]);
    expect(document.activeElement).toBe(more);
  });

  test("goes the older way where the clipboard is refused", async () => {
    const copied: string[] = [];
    vi.stubGlobal("navigator", {});
    document.execCommand = () => {
      copied.push(
        document.querySelector<HTMLTextAreaElement>("textarea:not(.sigmic-composer__text)")?.value ?? "",
      );
      return true;
    };
    const { click, text, pass } = await opened();
    await click("Copy task id");
    await pass(0);
    expect([
      copied,
      text("[role=menuitem]")[0],
      document.querySelector("textarea:not(.sigmic-composer__text)"),
    ]).toEqual([["task-1"], "Copied", null]);
  });

  test("says what to do where no way is left", async () => {
    vi.stubGlobal("navigator", {});
    document.execCommand = () => false;
    const { click, text, pass } = await opened();
    await click("Copy task id");
    await pass(0);
    expect(text("[role=menuitem]")[0]).toBe("Select and copy by hand");
  });
});

describe("the details", () => {
  test("are asked of the kernel, and all fields are shown", async () => {
    const { kernel, click, answer, text, more } = await opened();
    await click("Show details");
    expect(kernel.asked).toEqual([{ command: "details" }]);
    expect(text(".sigmic-details > p")).toEqual(["Asking the kernel for the rest…"]);
    await answer("details", details);
    const names = text(".sigmic-details dt");
    const values = text(".sigmic-details dd");
    expect(Object.fromEntries(names.map((name, index) => [name, values[index]]))).toMatchObject({
      Task: "task-1",
      Session: "ses-1",
      User: "ada",
      "Runs tools": "each after approval",
      Environment: "LOCALE, ZONE",
      Secrets: "TOKEN, masked everywhere",
    });
    expect(names).not.toContain("Conversation");
    await click(more);
    await click("Hide details");
    expect(text(".sigmic-details")).toEqual([]);
  });

  test("that cannot be fetched leave what is known", async () => {
    const { click, answer, text } = await opened();
    await click("Show details");
    await answer("details", { error: unavailable });
    expect(text(".sigmic-details > p")).toEqual([
      "The rest could not be fetched: The service did not answer (503).",
    ]);
    expect(text(".sigmic-details dt")).toEqual(["Task", "Created", "Started", "Last news"]);
  });
});
