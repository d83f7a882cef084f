import type { AnyModel } from "@anywidget/types";
import { problem } from "./problem";
import { share } from "./share";
import { isFinal } from "./task";
import * as texts from "./texts";
import { uuid } from "./uuid";
import type { Command, Problem, Reply, Traits } from "./wire";

/** A command as a view gives it: the model adds the id. */
export type Ask<C extends Command["command"]> = Omit<Extract<Command, { command: C }>, "id">;

/** What is to be done with the reply to a command, by the command's id. */
export type Replies = Map<string, (reply: Reply) => void>;

/** One view's connection to the kernel's widget. Every view has its own, so that views are independent. */
export interface Model<T> {
  /** All traits as they are now. What did not change since the last time keeps its identity. */
  read(): T;
  /** Calls `listener` when traits have changed, at most once per animation frame. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** Resolves with the kernel's only reply, however long its cell runs; never rejects. */
  send<C extends Command["command"]>(command: Ask<C>, buffers?: ArrayBuffer[]): Promise<Reply<C>>;
  /** Whether there is a kernel that answers; null: it has not yet, and a saved notebook may have none. */
  heard(): boolean | null;
  /** Milliseconds since 1970 by the kernel's clock, as far as its answer to "hello" has told. */
  now(): number;
  /** Says hello and takes over the kernel's clock; with a revision, any other one is sent. */
  greet(revision?: number): Promise<void>;
  close(): void;
}

export type TaskModel = Model<Traits>;

const TRAITS: { [K in keyof Traits]: true } = {
  task_id: true,
  status: true,
  message: true,
  content: true,
  timeline: true,
  tool_calls: true,
  pending_approvals: true,
  decisions: true,
  conversation: true,
  artifacts: true,
  artifacts_error: true,
  error: true,
  connection: true,
  created_at: true,
  started_at: true,
  completed_at: true,
  updated_at: true,
};
const TRAIT_NAMES = Object.keys(TRAITS) as (keyof Traits)[];

/** `replies` outlives the connection where a view goes on with another one. */
export function connect<T extends object = Traits>(
  model: AnyModel<T>,
  replies: Replies = new Map(),
  names = TRAIT_NAMES as unknown as (keyof T & string)[],
): Model<T> {
  const listeners = new Set<() => void>();
  /** Set from the moment when listeners are to be told until the frame after it. */
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStale = false;
  let clockOffsetMs = 0;
  let heard: boolean | null = null;
  /** Since when the kernel that followed a task is gone. */
  let goneAt = "";
  let latest: Partial<T> = {};

  // Before the frame, not in it: where the view then scrolls, the same frame tells of it, and no other is needed.
  const notify = (): void => {
    timer = null;
    isStale = false;
    frame = requestAnimationFrame(onFrame);
    for (const listener of listeners) listener();
  };
  const onFrame = (): void => {
    frame = null;
    if (isStale) notify();
  };
  const onChange = (): void => {
    isStale = listeners.size > 0;
    if (isStale && frame === null) timer ??= setTimeout(notify);
  };
  const onMessage = (message: unknown, buffers: DataView<ArrayBuffer>[] = []): void => {
    if (!isReply(message)) return;
    replies.get(message.reply_to)?.(message.ok && buffers.length > 0 ? { ...message, buffers } : message);
    replies.delete(message.reply_to);
  };
  const send = <C extends Command["command"]>(
    command: Ask<C>,
    buffers: ArrayBuffer[] = [],
  ): Promise<Reply<C>> =>
    new Promise((resolve) => {
      const id = uuid();
      replies.set(id, resolve as (reply: Reply) => void);
      try {
        model.send({ id, ...command }, undefined, buffers);
      } catch (reason) {
        replies.delete(id);
        resolve({ reply_to: id, ok: false, error: unsent(reason) });
      }
    });

  const greet = async (revision?: number): Promise<void> => {
    const reply = await send<"hello">({ command: "hello", revision: revision ?? null });
    const kernelNow = reply.ok ? Date.parse(reply.data.now) : Number.NaN;
    if (reply.ok) [heard, goneAt] = [true, ""];
    if (!Number.isNaN(kernelNow)) clockOffsetMs = kernelNow - Date.now();
    onChange();
  };
  // Hosts say so when the kernel is started anew; it may also be the same one again.
  const onComm = (): void => {
    heard = false;
    goneAt = new Date().toISOString();
    onChange();
    void greet();
  };

  for (const name of names) model.on(`change:${name}`, onChange);
  model.on("comm_live_update", onComm);
  model.on("msg:custom", onMessage);

  return {
    read() {
      const traits = Object.fromEntries(names.map((name) => [name, model.get(name)])) as T;
      if (goneAt && "connection" in traits) forsake(traits as unknown as Traits, goneAt);
      latest = share(latest, traits);
      return latest as T;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send,
    heard: () => heard,
    now: () => Date.now() + clockOffsetMs,
    greet,
    close() {
      for (const name of names) model.off(`change:${name}`, onChange);
      model.off("comm_live_update", onComm);
      model.off("msg:custom", onMessage);
      if (frame !== null) cancelAnimationFrame(frame);
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}

function isReply(message: unknown): message is Reply {
  return typeof message === "object" && message !== null && "reply_to" in message && "ok" in message;
}

/** Of a task that runs, nobody tells more. */
function forsake(traits: Traits, since: string): void {
  if (isFinal(traits.status)) return;
  traits.connection = { ...traits.connection, state: "stopped", since };
  traits.error = problem("kernel", texts.problem.gone, texts.problem.goneHint);
}

function unsent(reason: unknown): Problem {
  const detail = reason instanceof Error ? reason.message : String(reason);
  return problem("internal", `${texts.problem.unsent} ${detail}`, texts.problem.unsentHint);
}
