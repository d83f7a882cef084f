import type { VNode } from "preact";
import { useState } from "preact/hooks";
import * as texts from "../texts";
import type { Decision } from "../wire";
import { Button } from "./Button";
import { DecisionRow } from "./DecisionRow";
import { memo } from "./memo";

/** More than these would push the answer out of sight; the others are a click away. */
const SHOWN = 5;

/** The newest first. */
export const Decisions = memo(({ decisions }: { decisions: Decision[] }): VNode | null => {
  const [all, setAll] = useState(false);
  if (decisions.length === 0) return null;
  const rest = all ? 0 : Math.max(0, decisions.length - SHOWN);
  return (
    <div class="sigmic-decisions" role="group" aria-label={texts.decision.section}>
      <ol>
        {decisions.slice(0, decisions.length - rest).map((decision) => (
          <DecisionRow key={decision.call_id} decision={decision} />
        ))}
      </ol>
      {rest > 0 && (
        <Button look="quiet" class="sigmic-decisions__more" onClick={() => setAll(true)}>
          {texts.decision.earlier(rest)}
        </Button>
      )}
    </div>
  );
});
