import type { VNode } from "preact";
import * as texts from "../texts";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { useCopy } from "./useCopy";

/** `text` is a function where it is costly to make. */
export function CopyButton({ text }: { text: string | (() => string) }): VNode {
  const [said, copy] = useCopy();
  return (
    <Button look="quiet" onClick={() => copy(typeof text === "string" ? text : text())}>
      <Icon name={said === texts.copy.copied ? "check" : "copy"} small />
      <span aria-live="polite">{said ?? texts.copy.copy}</span>
    </Button>
  );
}
