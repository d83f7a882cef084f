import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const PAUSE_MS = 1_000;
const GROWING = "sigmic-frame--growing";

/**
 * While the text in `box` grows, and until it has rested for a second, the frame round it says so to the style sheet.
 * Not by a state: what says it is not to be rendered for it.
 */
export function useGrowing(box: RefObject<HTMLElement | null>, content: string, running: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => {
    const frame = box.current?.closest(".sigmic-frame");
    frame?.classList.toggle(GROWING, running);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => frame?.classList.remove(GROWING), PAUSE_MS);
  }, [content, running]);
}
