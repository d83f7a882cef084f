import { beforeEach, describe, expect, test, vi } from "vitest";
import commands from "../../contract/commands/commands.json";
import replies from "../../contract/commands/replies.json";
import { find } from "../src/find";
import widget from "../src/index";
import { connect } from "../src/model";
import type { Command, Reply } from "../src/wire";
import { FakeKernel, NOW, unavailable } from "./stage";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => vi.useRealTimers();
});

describe("a command", () => {
  test.each(commands.valid as Command[])(
    "goes out as the contract writes it: $command $outcome",
    (example) => {
      const kernel = new FakeKernel();
      const { id: _, ...command } = example;
      void connect(kernel.model).send(command);
      const { id, ...sent } = kernel.sent[0] as Command;
      expect(sent).toEqual(command);
      expect(id).toMatch(UUID);
    },
  );

  test.each(replies as Reply[])("is answered by the reply that names it: $reply_to", async (example) => {
    const kernel = new FakeKernel();
    const reply = connect(kernel.model).send<"refresh">({ command: "refresh" });
    const { id } = kernel.last("refresh");
    kernel.reply({ reply_to: "another", ok: true, data: null });
    kernel.reply({ ...example, reply_to: id } as Reply);
    expect(await reply).toEqual({ ...example, reply_to: id });
  });

  test("that cannot be sent is answered with a problem that says what to do", async () => {
    const kernel = new FakeKernel();
    kernel.send = () => {
      throw new Error("comm closed");
    };
    const reply = await connect(kernel.model).send<"cancel">({ command: "cancel" });
    expect(reply).toMatchObject({
      ok: false,
      error: {
        message: "The kernel could not be reached. comm closed",
        hint: "See whether it is running, then try again.",
      },
    });
  });

  test("is not confused by messages that are no replies", async () => {
    const kernel = new FakeKernel();
    connect(kernel.model);
    expect(() => {
      for (const message of [null, "text", {}, { reply_to: 5 }]) kernel.emit("msg:custom", message);
    }).not.toThrow();
  });
});

describe("traits", () => {
  test("that arrive together are told once", async () => {
    const kernel = new FakeKernel();
    const listener = vi.fn();
    connect(kernel.model).subscribe(listener);
    kernel.update({ content: "a", status: "completed" });
    kernel.update({ content: "ab" });
    expect(listener).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(20);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test("are told at once, and then once in a frame", async () => {
    const kernel = new FakeKernel();
    const listener = vi.fn();
    connect(kernel.model).subscribe(listener);
    kernel.update({ content: "a" });
    await vi.advanceTimersByTimeAsync(1);
    expect(listener).toHaveBeenCalledTimes(1);
    kernel.update({ content: "ab" });
    kernel.update({ content: "abc" });
    await vi.advanceTimersByTimeAsync(1);
    expect(listener).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  test("keep the identity of what did not change", () => {
    const kernel = new FakeKernel({ artifacts: [{ name: "a" }, { name: "b" }] as never });
    const task = connect(kernel.model);
    const before = task.read();
    kernel.update({ artifacts: [{ name: "a" }, { name: "c" }] as never, decisions: [] });
    const after = task.read();
    expect(after.artifacts[0]).toBe(before.artifacts[0]);
    expect(after.artifacts[1]).toEqual({ name: "c" });
    expect(after.decisions).toBe(before.decisions);
    expect(after.artifacts).not.toBe(before.artifacts);
  });
});

test("the kernel's clock is the clock, once it has said hello", async () => {
  const kernel = new FakeKernel();
  const task = connect(kernel.model);
  expect(task.now()).toBe(NOW);
  const greeted = task.greet();
  kernel.reply({
    reply_to: kernel.last("hello").id,
    ok: true,
    data: { now: new Date(NOW + 90_000).toISOString() },
  });
  await greeted;
  expect(task.now()).toBe(NOW + 90_000);
});

test("a refused hello leaves the browser's clock", async () => {
  const kernel = new FakeKernel();
  const task = connect(kernel.model);
  const greeted = task.greet();
  kernel.reply({ reply_to: kernel.last("hello").id, ok: false, error: unavailable });
  await greeted;
  expect(task.now()).toBe(NOW);
});

test("after closing nothing listens any more, and nothing is told", async () => {
  const kernel = new FakeKernel();
  const task = connect(kernel.model);
  const listener = vi.fn();
  task.subscribe(listener);
  kernel.update({ content: "a" });
  task.close();
  await vi.advanceTimersByTimeAsync(20);
  expect([listener.mock.calls.length, kernel.listeners.size]).toEqual([0, 0]);
});

test("the widget says hello before anything is shown, and goes away without a trace", () => {
  const kernel = new FakeKernel();
  const cleanup = widget(find).initialize({ model: kernel.model } as never) as () => void;
  expect(kernel.sent.map(({ command }) => command)).toEqual(["hello"]);
  cleanup();
  expect(kernel.listeners.size).toBe(0);
});
