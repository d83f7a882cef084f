import type { VNode } from "preact";
import { clockTime } from "../format";
import * as texts from "../texts";
import type { Decision } from "../wire";
import { Args } from "./Args";
import { CallLabel } from "./CallLabel";
import { DecisionSteps } from "./DecisionSteps";
import { Disclosure } from "./Disclosure";
import { Icon, type IconName } from "./Icon";
import { memo } from "./memo";
import { Name } from "./Name";
import { Rich } from "./Rich";
import { Visible } from "./Visible";

/** What became of a call, and who decided. */
export const DecisionRow = memo(({ decision }: { decision: Decision }): VNode => {
  const { look, icon, words } = outcome(decision);
  const row = (
    <>
      <Icon name={icon} />
      <div>
        <p>
          <strong>{words}</strong> <By decision={decision} />
        </p>
        <p class="sigmic-decision__call">
          <CallLabel call={decision} />
        </p>
      </div>
      <span class="sigmic-decision__confirmed">{confirmation(decision)}</span>
    </>
  );
  return (
    <li class={`sigmic-decision sigmic-decision--${look}`}>
      <Disclosure rowClass="sigmic-decision__row" row={row}>
        {() => (
          <div class="sigmic-decision__body">
            {decision.error && (
              <p class="sigmic-step__text">
                <Visible text={decision.error.message} prose />
              </p>
            )}
            <Args call={decision} />
          </div>
        )}
      </Disclosure>
      {decision.reason && (
        <DecisionSteps confirmed={decision.state === "confirmed"} reason={decision.reason} />
      )}
    </li>
  );
});

interface Look {
  look: "approved" | "rejected" | "neutral";
  icon: IconName;
  words: string;
}

function outcome({ outcome, by, state }: Decision): Look {
  if (state === "failed") {
    return {
      look: "rejected",
      icon: "notice",
      words: outcome === "cancel" ? texts.decision.rejectionFailed : texts.decision.approvalFailed,
    };
  }
  if (by.kind !== "person" && by.kind !== "policy") {
    return {
      look: "neutral",
      icon: by.kind === "elsewhere" ? "notice" : "cancelled",
      words: texts.others[by.kind],
    };
  }
  const icon = by.kind === "policy" ? "policy" : null;
  if (outcome === "cancel")
    return { look: "rejected", icon: icon ?? "failed", words: texts.decision.rejected };
  const approved =
    outcome === "proceed_always"
      ? texts.decision.always
      : icon === null
        ? texts.decision.once
        : texts.decision.approved;
  return { look: "approved", icon: icon ?? "done", words: approved };
}

function By({ decision: { by } }: { decision: Decision }): VNode | null {
  if (by.kind === "person") return <>{texts.decision.byYou}</>;
  if (by.kind === "expired") return <>{texts.decision.byNobody}</>;
  if (by.kind !== "policy") return null;
  return <Rich text={texts.decision.byPolicy} values={{ policy: <Name text={by.name} /> }} />;
}

function confirmation({ state, confirmed_at }: Decision): string {
  if (state !== "confirmed") return state === "failed" ? "" : texts.decision.unconfirmed;
  const time = clockTime(confirmed_at);
  return time === null ? "" : texts.decision.confirmed(time);
}
