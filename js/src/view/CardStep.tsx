import type { ComponentChildren, VNode } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import * as texts from "../texts";
import { Button } from "./Button";
import { useUniqueId } from "./context";
import { SettledContext, useSettled } from "./useSettled";

interface Props {
  title: string;
  aside: string;
  onBack: () => void;
  /** The button that decides. */
  action: ComponentChildren;
  children: ComponentChildren;
}

/** What takes the place of a card's buttons before something is decided that needs more than a click. */
export function CardStep({ title, aside, onBack, action, children }: Props): VNode {
  const titleId = useUniqueId();
  const around = useContext(SettledContext);
  const settled = useSettled("step") && around;
  const root = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the focus goes to what took its place, and back to the card in the end.
  useLayoutEffect(() => {
    const step = root.current;
    const card = step?.parentElement;
    (step?.querySelector("textarea") ?? step)?.focus({ preventScroll: true });
    return () => {
      if (step?.contains(document.activeElement)) card?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div ref={root} class="sigmic-approval__step" role="group" aria-labelledby={titleId} tabIndex={-1}>
      <h4 class="sigmic-approval__step-title">
        <span id={titleId}>{title}</span>
        <span class="sigmic-approval__step-count">{aside}</span>
      </h4>
      {children}
      <div class="sigmic-approval__actions">
        <Button onClick={onBack}>{texts.approval.back}</Button>
        <SettledContext.Provider value={settled}>{action}</SettledContext.Provider>
      </div>
    </div>
  );
}
