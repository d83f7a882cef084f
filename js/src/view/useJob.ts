import { useEffect, useRef, useState } from "preact/hooks";
import { sentences } from "../format";
import type { Ask, TaskModel } from "../model";
import * as texts from "../texts";
import type { Problem, ReplyData } from "../wire";
import { BUSY_AFTER_MS } from "./useCommand";

export interface Job {
  busy: boolean;
  /** How it goes, as far as that is told, and then what became of it. */
  said: string | null;
  run(): void;
}

/** Something that the kernel is asked to do, in one step or in many, once at a time. */
export function useJob(work: (say: (text: string) => void) => Promise<string | Problem | null>): Job {
  const [job, setJob] = useState({ busy: false, said: null as string | null });
  // Not state: the second click of a double click comes before the next render.
  const underWay = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = (busy: boolean, said: string | null): void => {
    underWay.current = busy;
    clearTimeout(timer.current);
    setJob({ busy, said });
  };
  const run = async (): Promise<void> => {
    if (underWay.current) return;
    put(true, null);
    timer.current = setTimeout(put, BUSY_AFTER_MS, true, texts.kernelBusy);
    const done = await work((said) => put(true, said));
    put(false, done && typeof done === "object" ? sentences(done.message, done.hint) : done);
  };
  return { ...job, run: () => void run() };
}

/** One command; `put` takes what it is answered with. */
export function useAsk<C extends "preview" | "refresh" | "save">(
  model: TaskModel,
  command: Ask<C>,
  first: string | null,
  put?: (data: ReplyData[C]) => void,
): Job {
  return useJob(async (say) => {
    if (first) say(first);
    const reply = await model.send<C>(command);
    if (!reply.ok) return reply.error;
    put?.(reply.data);
    return reply.data?.note ?? null;
  });
}
