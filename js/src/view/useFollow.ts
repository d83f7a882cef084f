import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** So near to the end counts as at the end. */
const NEAR_PX = 8;

interface Follow {
  /** There is newer text below, out of sight. */
  behind: boolean;
  jump(): void;
}

/** Keeps the end of a growing box in sight as long as the reader stays there. Scrolls the box, never the page. */
export function useFollow(box: RefObject<HTMLElement | null>, content: unknown, growing: boolean): Follow {
  const following = useRef(growing);
  const [behind, setBehind] = useState(false);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !growing) return;
    if (following.current) element.scrollTop = element.scrollHeight;
    setBehind(!isAtEnd(element));
  }, [content, growing]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const listening = new AbortController();
    let before = element.scrollTop;
    const onScroll = (): void => {
      const up = element.scrollTop < before;
      before = element.scrollTop;
      following.current = isAtEnd(element) || (following.current && !up);
      setBehind(growing && !isAtEnd(element));
    };
    element.addEventListener("scroll", onScroll, { signal: listening.signal, passive: true });
    if (!growing) setBehind(false);
    return () => listening.abort();
  }, [box, growing]);

  return {
    behind,
    jump() {
      following.current = true;
      box.current?.scrollTo({ top: box.current.scrollHeight });
      setBehind(false);
    },
  };
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_PX;
}
