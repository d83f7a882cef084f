import type { VNode } from "preact";
import { clockTime } from "../format";
import { callHint } from "../task";
import { texts } from "../texts";
import type { Decision } from "../wire";
import { Args } from "./Args";
import { Disclosure } from "./Disclosure";
import { Icon, type IconName } from "./Icon";
import { memo } from "./memo";
import { Rich } from "./Rich";

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
          <code class="sigmic-step__name">{decision.tool_name}</code>{" "}
          <span class="sigmic-step__hint">{callHint(decision.args)}</span>
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
            {decision.error && <p class="sigmic-step__text">{decision.error.message}</p>}
            <Args args={decision.args} />
          </div>
        )}
      </Disclosure>
    </li>
  );
});

interface Look {
  look: "approved" | "rejected" | "neutral";
  icon: IconName;
  words: string;
}

function outcome({ outcome, by, state }: Decision): Look {
  const words = texts.decision;
  if (state === "failed") {
    return {
      look: "rejected",
      icon: "notice",
      words: outcome === "cancel" ? words.rejectionFailed : words.approvalFailed,
    };
  }
  if (by.kind === "stop") return { look: "neutral", icon: "cancelled", words: words.stop };
  if (by.kind === "elsewhere") return { look: "neutral", icon: "notice", words: words.elsewhere };
  const icon = by.kind === "policy" ? "policy" : null;
  if (outcome === "cancel") return { look: "rejected", icon: icon ?? "failed", words: words.rejected };
  const approved = outcome === "proceed_always" ? words.always : icon === null ? words.once : words.approved;
  return { look: "approved", icon: icon ?? "done", words: approved };
}

function By({ decision: { by } }: { decision: Decision }): VNode | null {
  if (by.kind === "person") return <>{texts.decision.byYou}</>;
  if (by.kind === "policy")
    return <Rich text={texts.decision.byPolicy} values={{ policy: <code>{by.name}</code> }} />;
  return null;
}

function confirmation({ state, confirmed_at }: Decision): string {
  if (state !== "confirmed") return state === "failed" ? "" : texts.decision.unconfirmed;
  const time = clockTime(confirmed_at);
  return time === null ? "" : texts.decision.confirmed(time);
}
