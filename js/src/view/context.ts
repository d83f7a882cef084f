import { createContext } from "preact";
import { useContext, useEffect, useId, useState } from "preact/hooks";

export interface Clock {
  /** Milliseconds since 1970 by the kernel's clock. */
  now(): number;
  /** Calls `tick` each second. Returns the unsubscribe. */
  subscribe(tick: () => void): () => void;
}

/** All times of a view tick together; without a subscriber nothing runs. */
export function createClock(now: () => number): Clock {
  const ticks = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    now,
    subscribe(tick) {
      ticks.add(tick);
      timer ??= setInterval(() => {
        for (const each of ticks) each();
      }, 1_000);
      return () => {
        ticks.delete(tick);
        if (ticks.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

export const ClockContext = createContext<Clock>(createClock(Date.now));

/** The kernel's time; while `ticking` the component is rendered each second. */
export function useNow(ticking: boolean): number {
  const clock = useContext(ClockContext);
  const [, setTick] = useState(0);
  useEffect(() => {
    if (!ticking) return undefined;
    return clock.subscribe(() => setTick((tick) => tick + 1));
  }, [clock, ticking]);
  return clock.now();
}

/** Preact counts ids anew in each view, and a page may show several: each has its own prefix. */
export const IdContext = createContext("");

/** An id that nothing else on the page has. */
export function useUniqueId(): string {
  return `${useContext(IdContext)}-${useId()}`;
}

/** Whether an event is a person's doing. Another cell's script can click our buttons, but not as a person does. */
export type Trusts = (event: Event) => boolean;

export const TrustContext = createContext<Trusts>((event) => event.isTrusted);

/** A handler for buttons that decide something: what a script clicked is ignored. */
export function useTrusted(decide: () => void): (event: Event) => void {
  const trusts = useContext(TrustContext);
  return (event) => {
    if (trusts(event)) decide();
  };
}

/** For an element that scrolls when its text is longer than there is room for: the keyboard reaches it then. */
export function reachable(text: string, room: number): { tabIndex?: number } {
  return text.length > room ? { tabIndex: 0 } : {};
}

/** For an element that scrolls, and so the keyboard must reach it. */
export function scrolling(label: string): { tabIndex: number; role: "group"; "aria-label": string } {
  return { tabIndex: 0, role: "group", "aria-label": label };
}
