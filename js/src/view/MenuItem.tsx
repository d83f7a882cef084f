import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as texts from "../texts";
import { Icon, type IconName } from "./Icon";
import { useCopy } from "./useCopy";

type Props = { icon: IconName; children: string } & (
  | { onPick: () => void }
  /** What is copied; `onDone` when the reader has been told. */
  | { copies: string; onDone: () => void }
);

export function MenuItem(props: Props): VNode {
  const [said, copy] = useCopy();
  const told = useRef(false);
  useEffect(() => {
    if (said !== null) told.current = true;
    else if (told.current && "onDone" in props) props.onDone();
  }, [said]);
  return (
    <button
      class="sigmic-menu__item"
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => ("onPick" in props ? props.onPick() : copy(props.copies))}
    >
      <Icon name={said === texts.copy.copied ? "check" : props.icon} />
      <span aria-live="polite">{said ?? props.children}</span>
    </button>
  );
}
