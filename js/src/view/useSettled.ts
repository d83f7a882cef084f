import { createContext } from "preact";
import { useEffect, useState } from "preact/hooks";

const SETTLE_MS = 400;

/** Whether what is on screen has been there for long enough to be what the reader means to press. */
export const SettledContext = createContext(true);

/**
 * False for a moment after `layout` has changed. When a card appears or goes, another call's button comes to lie under
 * the pointer, and the second click of a double click would decide about it.
 */
export function useSettled(layout: string): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(layout), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [layout]);
  return settled === layout;
}
