import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";
import { Button } from "./Button";
import { useTrusted } from "./context";
import { SettledContext } from "./useSettled";

interface Props {
  look?: "primary" | "quiet";
  class?: string;
  /** The id of what is to be done before; null: nothing. */
  barredBy?: string | null;
  onDecide: () => void;
  children: ComponentChildren;
}

/** A button that decides about a call: only a person can press it, and only when it has come to rest. */
export function DecideButton({ barredBy = null, onDecide, children, ...rest }: Props): VNode {
  const settled = useContext(SettledContext);
  const decide = useTrusted(onDecide);
  const ready = settled && barredBy === null;
  return (
    <Button
      {...rest}
      aria-disabled={!ready}
      {...(barredBy !== null && { "aria-describedby": barredBy })}
      onClick={(event) => ready && decide(event)}
    >
      {children}
    </Button>
  );
}
