import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import type { Traits } from "../src/wire";
import { at, NOW, type Stage, show, unavailable, useStage, waiting } from "./stage";

useStage();

const done: Partial<Traits> = { status: "completed", content: "The answer.", completed_at: at(2) };

interface Box extends Stage {
  field: HTMLTextAreaElement;
  write(text: string): Promise<void>;
  press(key: string, more?: KeyboardEventInit): Promise<KeyboardEvent>;
  choose(...files: File[]): Promise<void>;
  drop(...files: File[]): Promise<Event>;
  hint(): string;
}

async function composer(traits: Partial<Traits> = done, trusts?: (event: Event) => boolean): Promise<Box> {
  const stage = await show(traits, trusts && { trusts });
  await stage.answer("hello", { now: new Date(NOW).toISOString() });
  await stage.pass(50);
  const field = stage.el.querySelector("textarea") as HTMLTextAreaElement;
  const emit = async <E extends Event>(element: Element, event: E): Promise<E> => {
    await act(async () => {
      element.dispatchEvent(event);
    });
    await stage.pass(0);
    return event;
  };
  return {
    ...stage,
    field,
    async write(text) {
      field.value = text;
      await emit(field, new Event("input", { bubbles: true }));
    },
    press: (key, more) =>
      emit(field, new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })),
    async choose(...files) {
      const input = stage.el.querySelector("input[type=file]") as HTMLInputElement;
      Object.defineProperty(input, "files", { value: files, configurable: true });
      await emit(input, new Event("change", { bubbles: true }));
    },
    drop: (...files) =>
      emit(
        field,
        Object.assign(new Event("drop", { bubbles: true, cancelable: true }), { dataTransfer: { files } }),
      ),
    hint: () => stage.text(".sigmic-composer__hint")[0] ?? "",
  };
}

const file = (name: string, size = 3): File => new File([new Uint8Array(size)], name);

describe("a message", () => {
  test("is sent by Enter, and stays in the box until the service has it", async () => {
    const { kernel, field, write, press, answer, text } = await composer();
    await write("Plot it");
    const event = await press("Enter");
    expect([event.defaultPrevented, field.value, field.readOnly]).toEqual([true, "Plot it", true]);
    expect(kernel.asked).toEqual([{ command: "send", message: "Plot it", upload: null }]);
    expect(text(".sigmic-composer .sigmic-button--primary")).toEqual(["Sending…"]);
    await answer("send", null);
    expect([field.value, field.readOnly]).toEqual(["", false]);
  });

  test("is sent once, however often it is asked for", async () => {
    const { kernel, write, press, click } = await composer();
    await write("Plot it");
    await Promise.all([press("Enter"), press("Enter", { ctrlKey: true }), click("Send")]);
    expect(kernel.asked).toHaveLength(1);
  });

  test.each([
    ["Shift+Enter", { shiftKey: true }],
    ["Enter that chooses a word", { isComposing: true }],
  ])("goes on with %s", async (_, how) => {
    const { kernel, write, press } = await composer();
    await write("Plot it");
    const event = await press("Enter", how);
    expect([event.defaultPrevented, kernel.asked]).toEqual([false, []]);
  });

  test("of spaces is none", async () => {
    const { kernel, write, press, click } = await composer();
    await write("  \n");
    await press("Enter");
    await click("Send");
    expect(kernel.asked).toEqual([]);
  });

  test("that did not get through is still there, and can be sent again", async () => {
    const { kernel, field, write, press, answer, text, click } = await composer();
    await write("Plot it");
    await press("Enter");
    await answer("send", { error: unavailable });
    expect(field.value).toBe("Plot it");
    expect(text("[role=alert]")).toEqual(["The service did not answer (503). Your text is still here."]);
    await click("Send");
    expect(kernel.asked).toHaveLength(2);
    expect(text("[role=alert]")).toEqual([]);
  });

  test("of a script is not sent", async () => {
    const { kernel, write, press, click, choose } = await composer(done, (event) => event.isTrusted);
    await write("Plot it");
    await press("Enter");
    await click("Send");
    await choose(file("a.csv"));
    expect([kernel.asked, kernel.sent.length > 0]).toEqual([[], true]);
  });

  test("waits for a kernel that is busy, and says so", async () => {
    const { write, press, pass, hint } = await composer();
    await write("Plot it");
    await press("Enter");
    await pass(2_000);
    expect(hint()).toContain("The kernel is busy");
  });
});

describe("the box says what will happen", () => {
  test.each([
    [done, "Enter sends, Shift+Enter starts a new line. Same session, same files."],
    [{}, "The agent is at work: your message is sent at once, and taken up when it has answered."],
    [
      { pending_approvals: [waiting], status: "awaiting_approval" },
      "It decides nothing about calls that wait.",
    ],
  ] as [Partial<Traits>, string][])("%#", async (traits, words) => {
    const { hint } = await composer(traits);
    expect(hint()).toContain(words);
  });

  test("where there is no kernel", async () => {
    const { el, text } = await show(done);
    expect((el.querySelector("textarea") as HTMLTextAreaElement).disabled).toBe(true);
    expect(text(".sigmic-composer__hint")).toEqual(["Sending needs a running kernel."]);
  });
});

describe("files", () => {
  test("go to the kernel in pieces, then with the message", async () => {
    const { kernel, write, press, choose, answer, pass, hint, text } = await composer();
    await choose(file("big.csv", 1_500_000), file("empty.txt", 0));
    expect(text(".sigmic-attached li")).toEqual(["big.csv1.5 MB", "empty.txt0 bytes"]);
    await write("Use these");
    await press("Enter");
    const pieces: [unknown, number | undefined][] = [];
    for (let piece = 0; piece < 3; piece += 1) {
      await pass(0);
      const { id: _, upload: __, ...command } = kernel.last("upload") as never as Record<string, unknown>;
      pieces.push([command, kernel.buffers[0]?.byteLength]);
      await answer("upload", null);
      if (piece === 0) expect(hint()).toBe("Uploading, 1 MB of 1.5 MB");
    }
    await pass(0);
    const big = { command: "upload", name: "big.csv", size: 1_500_000 };
    expect(pieces).toEqual([
      [{ ...big, at: 0 }, 1_048_576],
      [{ ...big, at: 1_048_576 }, 451_424],
      [{ command: "upload", name: "empty.txt", size: 0, at: 0 }, 0],
    ]);
    const uploads = new Set(kernel.sent.flatMap((sent) => ("upload" in sent ? [sent.upload] : [])));
    expect([uploads.size, [...uploads][0]]).toEqual([1, expect.any(String)]);
    expect(kernel.asked.at(-1)).toMatchObject({ command: "send", message: "Use these" });
    await answer("send", null);
    expect(text(".sigmic-attached li")).toEqual([]);
  });

  test("that the kernel refuses stay, and the message is not sent", async () => {
    const { kernel, write, press, choose, answer, pass, text } = await composer();
    await choose(file("a.csv"));
    await write("Use these");
    await press("Enter");
    await pass(0);
    await answer("upload", { error: unavailable });
    expect(kernel.asked.map(({ command }) => command)).toEqual(["upload"]);
    expect(text(".sigmic-attached li")).toEqual(["a.csv3 bytes"]);
  });

  test("that cannot be read are named", async () => {
    const { kernel, write, press, choose, pass, text } = await composer();
    const lost = file("lost.csv");
    lost.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as never;
    await choose(lost);
    await write("Use this");
    await press("Enter");
    await pass(0);
    expect(text("[role=alert]")[0]).toContain("lost.csv could not be read.");
    expect(kernel.asked).toEqual([]);
  });

  test.each([
    ["too many", Array.from({ length: 21 }, (_, n) => file(`${n}.txt`)), "One message takes 20 files", 20],
    [
      "one too large",
      [Object.defineProperty(file("a"), "size", { value: 52_428_801 })],
      "larger than 50 MB",
      0,
    ],
    ["two of one name", [file("a.csv"), file("a.csv")], "a.csv is there already", 1],
  ])("%s are not taken", async (_, files, why, taken) => {
    const { choose, text } = await composer();
    await choose(...files);
    expect(text("[role=alert]")[0]).toContain(why);
    expect(text(".sigmic-attached li")).toHaveLength(taken);
  });

  test("can be dropped, and the page does not open them", async () => {
    const { drop, text } = await composer();
    const event = await drop(file("a.csv"));
    expect([event.defaultPrevented, text(".sigmic-attached li")]).toEqual([true, ["a.csv3 bytes"]]);
  });

  test("can be removed", async () => {
    const { el, choose, click, text } = await composer();
    await choose(file("a.csv"), file("b.csv"));
    await click(el.querySelector("[aria-label='Remove a.csv']") as Element);
    expect(text(".sigmic-attached li")).toEqual(["b.csv3 bytes"]);
  });
});
