import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const LINE_PX = 19;
/** So little is no text; and with a zoomed page a box ends between two pixels. */
const NEAR_PX = 2;

/** Which part of a box that scrolls is in sight, in lines as they are laid out. */
export interface Extent {
  from: number;
  to: number;
  of: number;
}

/**
 * Measures a box with `content`, which is shown from its beginning; null: all of it is in sight. `onEnd` is told when
 * the end has come in sight, at once where everything fits. A box that is not shown has no size, and tells nothing.
 */
export function useExtent(
  content: string,
  onEnd: () => void,
): [box: RefObject<HTMLDivElement | null>, extent: Extent | null] {
  const box = useRef<HTMLDivElement>(null);
  const [extent, setExtent] = useState<Extent | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = element;
      if (clientHeight === 0) return;
      const to = scrollTop + clientHeight;
      const fits = clientHeight >= scrollHeight - NEAR_PX;
      if (to >= scrollHeight - NEAR_PX) onEnd();
      const lines = (px: number): number => Math.round(px / LINE_PX);
      setExtent(fits ? null : { from: lines(scrollTop) + 1, to: lines(to), of: lines(scrollHeight) });
    };
    element.scrollTop = 0;
    measure();
    const observer = new ResizeObserver(measure);
    for (const each of [element, ...element.children]) observer.observe(each);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [content]);
  return [box, extent];
}
