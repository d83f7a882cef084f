import type { AnyModel } from "@anywidget/types";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import { connect, type Replies } from "../src/model";
import { createMount } from "../src/view/mount";
import { SHOWN_AFTER_MS } from "../src/view/useDecide";
import type { Command, PendingApproval, Problem, Reply, ReplyData, ToolCall, Traits } from "../src/wire";

export const NOW = Date.parse("2026-01-26T15:52:00.000Z");
const FRAME_MS = 20;
/** Until a card may be decided about. */
export const SETTLE_MS = 400;

export const at = (secondsAgo: number): string => new Date(NOW - secondsAgo * 1_000).toISOString();

export const idle: Traits = {
  task_id: "task-1",
  status: "running",
  message: "Summarise sales.csv",
  content: "",
  timeline: [],
  tool_calls: [],
  pending_approvals: [],
  decisions: [],
  conversation: [],
  artifacts: [],
  artifacts_error: null,
  error: null,
  connection: { state: "live", since: at(60), next_try_at: null, reason: null, transport: null, note: null },
  created_at: at(50),
  started_at: at(48),
  completed_at: null,
  updated_at: at(1),
};

export const shell: ToolCall = {
  call_id: "c1",
  tool_name: "run_shell_command",
  status: "awaiting_approval",
  args: { command: "ls -la\npwd", timeout_s: 120 },
  args_json: null,
  output: null,
  description: null,
};

export const waiting: PendingApproval = {
  call_id: "c1",
  tool_name: "run_shell_command",
  args: shell.args,
  args_json: null,
  description: "List the files",
  waiting_at: at(34),
  policy_error: null,
};

export const unavailable: Problem = {
  kind: "server",
  message: "The service did not answer (503).",
  hint: null,
  http_status: 503,
  code: null,
};

/** The kernel's side of the model, and the browser's widget manager between. */
export class FakeKernel {
  readonly sent: Command[] = [];
  /** What went with the last command. */
  buffers: ArrayBuffer[] = [];
  /** What the views of one widget share. */
  readonly replies: Replies = new Map();
  /** How often each event is listened to. */
  readonly listeners = new Map<string, ((...values: unknown[]) => void)[]>();
  readonly #traits: Traits;

  constructor(traits: Partial<Traits> = {}) {
    this.#traits = { ...idle, ...traits };
  }

  get model(): AnyModel<Traits> {
    return this as unknown as AnyModel<Traits>;
  }

  get<K extends keyof Traits>(name: K): Traits[K] {
    return this.#traits[name];
  }

  set(name: keyof Traits, value: unknown): void {
    this.update({ [name]: value });
  }

  update(traits: Partial<Traits>): void {
    // As over the comm: nothing keeps its identity.
    Object.assign(this.#traits, structuredClone(traits));
    for (const name of Object.keys(traits)) this.emit(`change:${name}`);
  }

  on(event: string, listener: () => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  off(event: string, listener: () => void): void {
    const kept = (this.listeners.get(event) ?? []).filter((each) => each !== listener);
    if (kept.length > 0) this.listeners.set(event, kept);
    else this.listeners.delete(event);
  }

  emit(event: string, ...values: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...values);
  }

  send(command: Command, _callbacks?: unknown, buffers: ArrayBuffer[] = []): void {
    this.sent.push(command);
    this.buffers = buffers;
  }

  /** What has been asked for, hellos aside. */
  get asked(): Omit<Command, "id">[] {
    return this.sent.filter(({ command }) => command !== "hello").map(({ id: _, ...rest }) => rest);
  }

  last(command: Command["command"]): Command {
    const found = this.sent.findLast((each) => each.command === command);
    if (found === undefined) throw new Error(`no ${command} was sent`);
    return found;
  }

  reply(reply: Reply): void {
    this.emit("msg:custom", reply);
  }
}

export interface Stage {
  kernel: FakeKernel;
  el: HTMLElement;
  close(): void;
  /** New traits, seen after a frame. */
  update(traits: Partial<Traits>): Promise<void>;
  pass(ms: number): Promise<void>;
  /** And see what becomes of it. */
  click(what: string | Element): Promise<void>;
  answer<C extends Command["command"]>(command: C, outcome: ReplyData[C] | { error: Problem }): Promise<void>;
  button(text: string): HTMLButtonElement | undefined;
  text(selector: string): string[];
}

/** A view of a task on a page of its own, with a clock that stands still until it is moved. */
export async function show(
  traits: Partial<Traits> = {},
  { kernel = new FakeKernel(traits), trusts = (_: Event): boolean => true, mount = createMount(trusts) } = {},
): Promise<Stage> {
  const el = document.createElement("div");
  document.body.append(el);
  let close = (): void => undefined;
  const pass = (ms: number): Promise<void> =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  await act(async () => {
    close = mount(el, connect(kernel.model, kernel.replies));
  });
  await pass(SETTLE_MS);
  const button = (text: string): HTMLButtonElement | undefined =>
    Array.from(el.querySelectorAll("button")).find((each) => each.textContent?.trim() === text);
  return {
    kernel,
    el,
    close: () => act(close),
    pass,
    button,
    text: (selector) => Array.from(el.querySelectorAll(selector), (each) => each.textContent ?? ""),
    async update(changed) {
      await act(async () => kernel.update(changed));
      await pass(FRAME_MS);
    },
    async click(what) {
      const element = typeof what === "string" ? button(what) : what;
      if (element === undefined) throw new Error(`no button says ${what}`);
      await act(async () => (element as HTMLElement).click());
      await pass(SHOWN_AFTER_MS);
    },
    async answer(command, outcome) {
      const { id } = kernel.last(command);
      const failed = typeof outcome === "object" && outcome !== null && "error" in outcome;
      await act(async () =>
        kernel.reply(
          failed
            ? { reply_to: id, ok: false, error: outcome.error }
            : { reply_to: id, ok: true, data: outcome },
        ),
      );
    },
  };
}

/** What a page that is laid out would say of every element, in px. */
export const layout = { clientHeight: 0, scrollHeight: 0 };

/** Once in each file of tests of views. */
export function useStage(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    Object.assign(layout, { clientHeight: 200, scrollHeight: 200 });
    for (const name of ["clientHeight", "scrollHeight"] as const) {
      vi.spyOn(HTMLElement.prototype, name, "get").mockImplementation(() => layout[name]);
    }
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}
