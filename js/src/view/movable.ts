/**
 * An element to move about the page, a function that gives back what moving took from it (scroll positions, selection,
 * focus and a menu on top), to be called when it is on the page again, and one that forgets it.
 */
export function movable(): [root: HTMLElement, giveBack: () => void, forget: () => void] {
  const root = document.createElement("div");
  const scrolled = new Map<Element, [left: number, top: number]>();
  let focused: HTMLElement | null = null;
  let selected: Range | null = null;
  const listening = new AbortController();
  const onSelect = (): void => {
    if (!root.isConnected) return;
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
    const inside = range && !range.collapsed && root.contains(range.commonAncestorContainer);
    // Not the range itself: that one collapses when its nodes are taken off the page.
    selected = inside ? (new StaticRange(range) as unknown as Range) : null;
  };
  document.addEventListener("selectionchange", onSelect, { signal: listening.signal });
  const onScroll = (event: Event): void => {
    const box = event.target as Element;
    if (root.isConnected) scrolled.set(box, [box.scrollLeft, box.scrollTop]);
  };
  root.addEventListener("scroll", onScroll, { capture: true, passive: true });
  // What is out of sight keeps its layout, and to take that off the page with a long answer would stop the page for a
  // while. Put in anew it has none until it is in sight; what holds the focus or the selection counts as that.
  const onSight = ({ target, skipped }: ContentVisibilityAutoStateChangeEvent): void => {
    const part = target as Element;
    if (!skipped) giveBackScrolls(part);
    else if (part.matches(".sigmic-markdown__part")) part.replaceChildren(...part.childNodes);
  };
  root.addEventListener("contentvisibilityautostatechange", onSight as EventListener, { capture: true });
  root.addEventListener("focusin", (event) => {
    focused = event.target as HTMLElement;
  });
  root.addEventListener("focusout", () =>
    // A moment later it is known whether the focus left, or the element was taken away with it.
    queueMicrotask(() => {
      if (!root.isConnected || root.contains(document.activeElement)) return;
      const removed = focused?.isConnected === false && document.activeElement === document.body;
      focused = null;
      // What had the focus is gone: the next Tab is to go on from here, not from the top of the page.
      if (removed) root.querySelector<HTMLElement>(".sigmic-frame")?.focus({ preventScroll: true });
    }),
  );
  const giveBackScrolls = (place: Element): void => {
    for (const [box, [left, top]] of scrolled) if (place.contains(box)) box.scrollTo(left, top);
  };
  const giveBack = (): void => {
    if (!root.isConnected) return;
    giveBackScrolls(root);
    root.querySelector<HTMLElement>("[popover]")?.showPopover?.();
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
    const selection = getSelection();
    if (selected && selection?.isCollapsed !== false) {
      const { startContainer, startOffset, endContainer, endOffset } = selected;
      selection?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    }
  };
  return [root, giveBack, () => listening.abort()];
}
