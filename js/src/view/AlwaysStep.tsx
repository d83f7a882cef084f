import type { VNode } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { texts } from "../texts";
import type { Outcome } from "../wire";
import { Button } from "./Button";
import { useUniqueId } from "./context";
import { DecideButton } from "./DecideButton";
import { Rich } from "./Rich";
import { SettledContext, useSettled } from "./useSettled";

interface Props {
  tool: string;
  onBack: () => void;
  onDecide: (outcome: Outcome) => void;
}

/** What "Always…" grants, before it is granted. */
export function AlwaysStep({ tool, onBack, onDecide }: Props): VNode {
  const { grants, alwaysTitle, step, back, approveAlways } = texts.approval;
  const titleId = useUniqueId();
  const around = useContext(SettledContext);
  const settled = useSettled("step") && around;
  const root = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the focus goes to what took its place.
  useEffect(() => root.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={root} class="sigmic-approval__step" role="group" aria-labelledby={titleId} tabIndex={-1}>
      <h4 class="sigmic-approval__step-title">
        <span id={titleId}>{alwaysTitle}</span>
        <span class="sigmic-approval__step-count">{step}</span>
      </h4>
      <dl class="sigmic-approval__grants">
        {grants.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <Rich text={value} values={{ tool: <code>{tool}</code> }} />
            </dd>
          </>
        ))}
      </dl>
      <div class="sigmic-approval__actions">
        <Button onClick={onBack}>{back}</Button>
        <SettledContext.Provider value={settled}>
          <DecideButton primary onDecide={() => onDecide("proceed_always")}>
            {approveAlways}
          </DecideButton>
        </SettledContext.Provider>
      </div>
    </div>
  );
}
