import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";
import { Button } from "./Button";
import { useTrusted } from "./context";
import { SettledContext } from "./useSettled";

interface Props {
  primary?: boolean;
  onDecide: () => void;
  children: ComponentChildren;
}

/** A button that decides about a call: only a person can press it, and only when it has come to rest. */
export function DecideButton({ primary = false, onDecide, children }: Props): VNode {
  const settled = useContext(SettledContext);
  const decide = useTrusted(onDecide);
  return (
    <Button
      {...(primary && { look: "primary" })}
      aria-disabled={!settled}
      onClick={(event) => settled && decide(event)}
    >
      {children}
    </Button>
  );
}
