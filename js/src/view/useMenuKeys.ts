import type { RefObject } from "preact";

/** The keys of a menu: arrows, Home and End move, Escape closes and goes back, Tab closes and goes on. */
export function useMenuKeys(
  menu: RefObject<HTMLElement | null>,
  close: () => void,
  closeAndReturn: () => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const items = Array.from(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const goTo = (index: number): void => items[(index + items.length) % items.length]?.focus();
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at < 0 ? -1 : at - 1),
      Home: () => goTo(0),
      End: () => goTo(-1),
      Escape: closeAndReturn,
    };
    if (event.key === "Tab") close();
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
