import type { VNode } from "preact";
import { Visible } from "./Visible";

/** What something is called, letter by letter. */
export function Name({ text }: { text: string }): VNode {
  return (
    <code>
      <Visible text={text} />
    </code>
  );
}
