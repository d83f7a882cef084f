import type { AnyModel } from "@anywidget/types";
import { describe, expect, test, vi } from "vitest";
import cases from "../../contract/deltas.json";
import { receiver } from "../src/delta";
import { find } from "../src/find";
import widget from "../src/index";
import type { Delta, Synced } from "../src/wire";
import { FakeKernel } from "./stage";

type Values = { [name: string]: unknown };

/** A model that holds values and is told of changes by messages. */
function holding(values: Values) {
  const state: Values = { _revision: 4, ...structuredClone(values) };
  const model = {
    get: (name: string) => state[name],
    set: (name: string, value: unknown) => (state[name] = value),
  };
  const resync = vi.fn();
  const receive = receiver(model as unknown as AnyModel<Synced>, resync);
  const tell = (delta: unknown, from = 4, to = 5): void =>
    receive({ delta: { ...(delta as Delta), from, to } });
  return { state, resync, tell, receive };
}

describe("a delta", () => {
  test.each(cases)("makes one state of the other: $name", ({ before, after, delta }) => {
    const { state, resync, tell } = holding(before);
    tell(delta);
    expect(state).toEqual({ ...after, _revision: 5 });
    expect(resync).not.toHaveBeenCalled();
  });

  test("leaves rows that did not change the same objects", () => {
    const { state, tell } = holding({ tool_calls: [{ call_id: "a" }, { call_id: "b", output: null }] });
    const { tool_calls: before } = state as { tool_calls: object[] };
    tell({ rows: { tool_calls: { length: 2, changed: [{ at: 1, set: { output: "x" } }] } } });
    const { tool_calls: after } = state as { tool_calls: object[] };
    expect(after[0]).toBe(before[0]);
    expect(before[1]).toEqual({ call_id: "b", output: null });
  });

  test("that is here already is ignored, also when it comes twice or late", () => {
    const { state, resync, tell } = holding({ status: "running" });
    tell({ set: { status: "completed" } });
    tell({ set: { status: "completed" } });
    tell({ set: { status: "pending" } }, 3, 4);
    expect(state).toEqual({ status: "completed", _revision: 5 });
    expect(resync).not.toHaveBeenCalled();
  });

  test.each<[string, Values, Partial<Delta>, number]>([
    ["one before it was lost", { status: "running" }, { set: { status: "failed" } }, 5],
    ["the text is shorter than it says", { content: "abc" }, { text: { content: [4, "x"] } }, 4],
    ["the text is none", { content: null }, { text: { content: [0, "x"] } }, 4],
    [
      "a row is missing",
      { timeline: [] },
      { rows: { timeline: { length: 2, changed: [{ at: 1, row: {} }] } } },
      4,
    ],
    [
      "the list is shorter than it says",
      { timeline: [] },
      { rows: { timeline: { length: 1, changed: [] } } },
      4,
    ],
    [
      "a row to patch is missing",
      { timeline: [] },
      { rows: { timeline: { length: 1, changed: [{ at: 0, set: {} }] } } },
      4,
    ],
    ["the list is none", { timeline: null }, { rows: { timeline: { length: 0, changed: [] } } }, 4],
  ])("is not taken where %s: the whole is asked for", (_, before, delta, from) => {
    const { state, resync, tell } = holding(before);
    tell(delta, from, from + 1);
    expect(state).toEqual({ ...before, _revision: 4 });
    expect(resync).toHaveBeenCalledOnce();
  });

  test("is told from other messages", () => {
    const { resync, receive } = holding({});
    for (const message of [null, "text", {}, { reply_to: "1", ok: true, data: null }]) receive(message);
    expect(resync).not.toHaveBeenCalled();
  });
});

describe("a widget in the browser", () => {
  const start = (traits: Partial<Synced> = {}) => {
    const kernel = new FakeKernel({ _revision: 4, ...traits } as Partial<Synced>);
    const { initialize } = widget(find);
    const context = { model: kernel.model, signal: undefined as never, experimental: undefined as never };
    const dispose = initialize(context as never) as () => void;
    const hellos = () => kernel.sent.filter(({ command }) => command === "hello");
    return { kernel, dispose, hellos };
  };

  test("says which revision it has, and takes in what is new without sending anything back", () => {
    const { kernel, hellos } = start();
    expect(hellos()).toMatchObject([{ revision: 4 }]);
    kernel.emit("msg:custom", { delta: { from: 4, to: 5, set: { status: "failed" } } });
    expect(kernel.get("status")).toBe("failed");
    expect(kernel.sent).toHaveLength(1);
  });

  test("asks once for what it has missed, until that has been answered", async () => {
    const { kernel, hellos } = start();
    kernel.reply({ reply_to: kernel.last("hello").id, ok: true, data: { now: "2026-01-26T15:52:00.000Z" } });
    await vi.waitFor(() => expect(kernel.replies.size).toBe(0));
    await Promise.resolve();
    const missed = { delta: { from: 6, to: 7, set: { status: "failed" } } };
    kernel.emit("msg:custom", missed);
    kernel.emit("msg:custom", missed);
    expect(hellos()).toMatchObject([{ revision: 4 }, { revision: 4 }]);
    expect(kernel.get("status")).toBe("running");
  });

  test("listens no more once it is gone", () => {
    const { kernel, dispose } = start();
    dispose();
    expect([...kernel.listeners.values()]).toEqual([]);
  });
});
