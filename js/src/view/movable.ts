/**
 * An element to move about the page, and a function that gives back what moving took from it: scroll positions, the
 * focus and a menu on top. To be called when it is on the page again.
 */
export function movable(): [root: HTMLElement, giveBack: () => void] {
  const root = document.createElement("div");
  const scrolled = new Map<Element, [left: number, top: number]>();
  let focused: HTMLElement | null = null;
  const onScroll = (event: Event): void => {
    const box = event.target as Element;
    if (root.isConnected) scrolled.set(box, [box.scrollLeft, box.scrollTop]);
  };
  root.addEventListener("scroll", onScroll, { capture: true, passive: true });
  root.addEventListener("focusin", (event) => {
    focused = event.target as HTMLElement;
  });
  root.addEventListener("focusout", () =>
    // A moment later it is known whether the focus left, or the element was taken away with it.
    queueMicrotask(() => {
      if (root.isConnected && !root.contains(document.activeElement)) focused = null;
    }),
  );
  const giveBack = (): void => {
    if (!root.isConnected) return;
    for (const [box, [left, top]] of scrolled) box.scrollTo(left, top);
    root.querySelector<HTMLElement>("[popover]")?.showPopover?.();
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
  };
  return [root, giveBack];
}
