import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const GAP_PX = 4;

/**
 * Shows `popup` at the right end of `anchor` while `open`, above everything else: an output area would clip it. It
 * goes along when the page scrolls, and closes when the reader presses elsewhere.
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
    const place = (): void => placeBeside(element, button.getBoundingClientRect());
    place();
    element.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true });

    const listening = new AbortController();
    const { signal } = listening;
    const onPress = (event: Event): void => {
      const target = event.target as Node;
      if (!element.contains(target) && !button.contains(target)) close();
    };
    document.addEventListener("pointerdown", onPress, { signal, capture: true });
    document.addEventListener("scroll", place, { signal, capture: true, passive: true });
    window.addEventListener("resize", place, { signal });
    return () => listening.abort();
  }, [open]);
}

/** Below, or above where there is no room below. */
function placeBeside(element: HTMLElement, anchor: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const below = anchor.bottom + GAP_PX;
  const top = below + height <= window.innerHeight ? below : anchor.top - GAP_PX - height;
  element.style.top = `${Math.max(0, top)}px`;
  element.style.left = `${Math.max(0, anchor.right - width)}px`;
}
