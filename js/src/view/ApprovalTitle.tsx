import type { VNode } from "preact";
import { between, clockTime, wholeSeconds } from "../format";
import type { CardState } from "../task";
import * as texts from "../texts";
import { reachable, useNow } from "./context";
import { Icon, type IconName } from "./Icon";
import { Name } from "./Name";
import { Rich } from "./Rich";
import type { SightedCard } from "./useSights";

/** Longer than this it may scroll in a narrow view. */
const HEADING_ROOM = 60;

const icons: { [K in CardState["kind"]]: IconName } = {
  asking: "waiting",
  sending: "running",
  failed: "failed",
};

export function ApprovalTitle({ id, card }: { id: string; card: SightedCard }): VNode {
  const { call, state } = card;
  const policy = state.kind === "asking" ? null : state.policy;
  return (
    <div class="sigmic-approval__title">
      <Icon name={icons[state.kind]} />
      <h3 class="sigmic-approval__heading" id={id} {...reachable(call.tool_name, HEADING_ROOM)}>
        <Rich
          text={heading(card)}
          values={{ tool: <Name text={call.tool_name} />, policy: <Name text={policy ?? ""} /> }}
        />
      </h3>
      <Aside card={card} />
    </div>
  );
}

function heading({ state, sight }: SightedCard): string {
  if (state.kind === "asking")
    return sight.before || state.refused ? texts.approval.lookAgain : texts.approval.ask;
  const { approval, rejection, policyApproval, policyRejection } = texts.delivery[state.kind];
  if (state.policy !== null) return state.outcome === "cancel" ? policyRejection : policyApproval;
  return state.outcome === "cancel" ? rejection : approval;
}

/** Since when it is so, or what is still to come. */
function Aside({ card: { call, state, sight } }: { card: SightedCard }): VNode | null {
  const waits = state.kind === "asking" && sight.changedAt === null;
  const waited = between(call.waiting_at, useNow(waits && call.waiting_at !== null));
  const text =
    state.kind === "sending"
      ? texts.approval.unconfirmed
      : state.kind === "failed"
        ? clockTime(state.at)
        : waits
          ? waited !== null && texts.approval.waiting(wholeSeconds(waited))
          : texts.approval.changedAt(clockTime(sight.changedAt) ?? "");
  return text ? <span class="sigmic-approval__aside">{text}</span> : null;
}
