import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { TaskModel } from "../model";
import { digestOf, type Sight } from "../sight";
import type { Send, Sends } from "../task";
import type { Outcome } from "../wire";
import { BUSY_AFTER_MS } from "./useCommand";

/** To draw at once would hold up the decision, which is on its way through the same machine. */
export const SHOWN_AFTER_MS = 50;

export type Decide = (sight: Sight, outcome: Outcome, reason?: string | null) => void;

/** Sends each decision once. The view knows of its own clicks by `sends` until the trait `decisions` tells. */
export function useDecide(model: TaskModel): [sends: Sends, decide: Decide] {
  const [sends, setSends] = useState<Sends>(new Map());
  // Not state: the second click of a double click comes before the next render.
  const taken = useRef(new Set<string>());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => () => timers.current.forEach(clearTimeout), []);

  const decide = useCallback<Decide>(
    async (sight, outcome, reason = null) => {
      const callId = sight.call.call_id;
      if (taken.current.has(callId)) return;
      taken.current.add(callId);
      const put = (send: Omit<Send, "outcome" | "reason">): void =>
        setSends((before) => new Map(before).set(callId, { outcome, reason, ...send }));
      const waits = [SHOWN_AFTER_MS, BUSY_AFTER_MS].map((ms) =>
        setTimeout(() => put({ phase: "sending", slow: ms === BUSY_AFTER_MS, error: null }), ms),
      );
      for (const timer of waits) timers.current.add(timer);
      const reply = await model.send<"decide">({
        command: "decide",
        call_id: callId,
        outcome,
        digest: digestOf(sight),
        reason,
      });
      for (const timer of waits) {
        clearTimeout(timer);
        timers.current.delete(timer);
      }
      taken.current.delete(callId);
      put({ phase: reply.ok ? "accepted" : "failed", slow: false, error: reply.ok ? null : reply.error });
    },
    [model],
  );
  return [sends, decide];
}
