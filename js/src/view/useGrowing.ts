import { useLayoutEffect, useState } from "preact/hooks";

const PAUSE_MS = 1_000;

/** Whether `content` has changed within the last second. */
export function useGrowing(content: unknown, running: boolean): boolean {
  const [growing, setGrowing] = useState(false);
  useLayoutEffect(() => {
    setGrowing(running);
    const timer = setTimeout(() => setGrowing(false), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [content, running]);
  return growing;
}
