import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const CARET = "sigmic-caret";
const WORDS = "p, li, h2, h3, h4, h5, h6, .sigmic-markdown__task > div";

/** Marks what holds the newest words of the text in `root` while more are to come, so that a caret stands there. */
export function useCaret(root: RefObject<HTMLElement | null>, shown: boolean): void {
  const marked = useRef<Element | null>(null);
  // Not by a selector: one that looks for the last of the last costs a long text more than its new words.
  useLayoutEffect(() => {
    const place = shown ? newestWords(root.current) : null;
    if (marked.current !== place) marked.current?.classList.remove(CARET);
    place?.classList.add(CARET);
    marked.current = place;
  });
}

/** Null where the newest is code, a table or a line. */
function newestWords(root: Element | null): Element | null {
  let place = root?.lastElementChild;
  for (let last = place?.lastElementChild; last?.matches(`ul, ol, blockquote, ${WORDS}`); ) {
    place = last;
    last = place.lastElementChild;
  }
  return place?.matches(WORDS) && !place.lastElementChild?.matches("div, pre, hr") ? place : null;
}
