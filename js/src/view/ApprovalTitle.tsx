import type { VNode } from "preact";
import { between, wholeSeconds } from "../format";
import type { CardState } from "../task";
import { texts } from "../texts";
import type { PendingApproval } from "../wire";
import { useNow } from "./context";
import { Icon, type IconName } from "./Icon";
import { Rich } from "./Rich";

const icons: { [K in CardState["kind"]]: IconName } = {
  asking: "waiting",
  sending: "running",
  failed: "failed",
};

interface Props {
  id: string;
  call: PendingApproval;
  state: CardState;
}

export function ApprovalTitle({ id, call, state }: Props): VNode {
  const policy = state.kind === "asking" ? null : state.policy;
  return (
    <div class="sigmic-approval__title">
      <Icon name={icons[state.kind]} />
      <h3 class="sigmic-approval__heading" id={id}>
        <Rich
          text={heading(state)}
          values={{ tool: <code>{call.tool_name}</code>, policy: <code>{policy}</code> }}
        />
      </h3>
      {state.kind === "asking" && <Waiting call={call} />}
      {state.kind === "sending" && <span class="sigmic-approval__aside">{texts.approval.unconfirmed}</span>}
    </div>
  );
}

function heading(state: CardState): string {
  if (state.kind === "asking") return texts.approval.ask;
  const words = texts.approval[state.kind];
  if (state.policy !== null) return state.outcome === "cancel" ? words.policyRejection : words.policyApproval;
  return state.outcome === "cancel" ? words.rejection : words.approval;
}

function Waiting({ call }: { call: PendingApproval }): VNode | null {
  const waited = between(call.waiting_at, useNow(call.waiting_at !== null));
  return waited === null ? null : (
    <span class="sigmic-approval__aside">{texts.approval.waiting(wholeSeconds(waited))}</span>
  );
}
