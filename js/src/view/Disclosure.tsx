import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
  rowClass: string;
  row: ComponentChildren;
  children: () => ComponentChildren;
}

/** A row that opens. What is inside is made when it is first wanted and kept from then on. */
export function Disclosure({ rowClass, row, children }: Props): VNode {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const toggle = (event: Event): void => {
    event.preventDefault();
    setOpen(!open);
    setWanted(true);
  };
  return (
    <details open={open}>
      <summary class={rowClass} onClick={toggle}>
        {row}
        <Icon name="chevron" small class="sigmic-disclosure" />
      </summary>
      {wanted && children()}
    </details>
  );
}
