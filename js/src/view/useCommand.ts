import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Ask, Model } from "../model";
import type { Command, Problem, ReplyData } from "../wire";

/** How long the kernel may be silent before the view says that it is busy. */
export const BUSY_AFTER_MS = 2_000;

export interface CommandState<C extends Command["command"]> {
  phase: "idle" | "sending" | "done" | "failed";
  /** No reply for a while: the kernel is running a cell. */
  slow: boolean;
  data: ReplyData[C] | null;
  error: Problem | null;
  run(): void;
  reset(): void;
}

type Settled<C extends Command["command"]> = Omit<CommandState<C>, "run" | "reset">;

/** A command that is sent once at a time, and what became of it. */
export function useCommand<C extends Command["command"]>(
  model: Model<unknown>,
  command: Ask<C>,
): CommandState<C> {
  const idle: Settled<C> = { phase: "idle", slow: false, data: null, error: null };
  const [state, setState] = useState<Settled<C>>(idle);
  const underWay = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => () => clearTimeout(timer.current), []);

  const run = async (): Promise<void> => {
    if (underWay.current) return;
    underWay.current = true;
    setState({ ...idle, phase: "sending" });
    timer.current = setTimeout(() => setState((now) => ({ ...now, slow: true })), BUSY_AFTER_MS);
    const reply = await model.send<C>(command);
    clearTimeout(timer.current);
    underWay.current = false;
    setState(
      reply.ok
        ? { ...idle, phase: "done", data: reply.data }
        : { ...idle, phase: "failed", error: reply.error },
    );
  };
  return { ...state, run: () => void run(), reset: () => setState(idle) };
}
