import type { VNode } from "preact";
import * as texts from "../texts";
import type { Outcome } from "../wire";
import { CardStep } from "./CardStep";
import { DecideButton } from "./DecideButton";
import { Name } from "./Name";
import { Rich } from "./Rich";

interface Props {
  tool: string;
  barredBy: string | null;
  onBack: () => void;
  onDecide: (outcome: Outcome) => void;
}

/** What "Always…" grants, before it is granted. */
export function AlwaysStep({ tool, barredBy, onBack, onDecide }: Props): VNode {
  return (
    <CardStep
      title={texts.approval.alwaysTitle}
      aside={texts.approval.step}
      onBack={onBack}
      action={
        <DecideButton look="primary" barredBy={barredBy} onDecide={() => onDecide("proceed_always")}>
          {texts.approval.approveAlways}
        </DecideButton>
      }
    >
      <dl class="sigmic-approval__grants">
        {texts.grants.map(([what, value]) => (
          <>
            <dt>{what}</dt>
            <dd>
              <Rich text={value} values={{ tool: <Name text={tool} /> }} />
            </dd>
          </>
        ))}
      </dl>
    </CardStep>
  );
}
