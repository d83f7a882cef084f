import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const GAP_PX = 4;

/**
 * Shows `popup` below the right end of `anchor`, above everything else: an output area would clip it. It closes when
 * the reader presses elsewhere, scrolls, or resizes the window.
 */
export function usePopover(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  popup: RefObject<HTMLElement | null>,
  close: () => void,
): void {
  useLayoutEffect(() => {
    const element = popup.current;
    const button = anchor.current;
    if (!open || element === null || button === null) return undefined;
    element.showPopover?.();
    const place = button.getBoundingClientRect();
    const size = element.getBoundingClientRect();
    const below = place.bottom + GAP_PX;
    const fits = below + size.height <= window.innerHeight;
    element.style.top = `${fits ? below : Math.max(0, place.top - GAP_PX - size.height)}px`;
    element.style.left = `${Math.max(0, place.right - size.width)}px`;
    element.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true });

    const listening = new AbortController();
    const { signal } = listening;
    const onPress = (event: Event): void => {
      const target = event.target as Node;
      if (!element.contains(target) && !button.contains(target)) close();
    };
    document.addEventListener("pointerdown", onPress, { signal, capture: true });
    document.addEventListener("scroll", close, { signal, capture: true });
    window.addEventListener("resize", close, { signal });
    return () => listening.abort();
  }, [open]);
}
