import type { VNode } from "preact";
import * as texts from "../texts";
import type { Reason } from "../wire";
import { Icon, type IconName } from "./Icon";
import { Visible } from "./Visible";

const icons: { [K in Reason["state"]]: IconName } = {
  waiting: "pending",
  sending: "running",
  sent: "check",
  failed: "failed",
  dropped: "cancelled",
};

/** The two steps of a rejection with a reason. */
export function DecisionSteps({ confirmed, reason }: { confirmed: boolean; reason: Reason }): VNode {
  return (
    <ol class="sigmic-decision__steps">
      <li>
        <Icon name={confirmed ? "check" : "pending"} small />
        <span>{confirmed ? texts.decision.cancelled : texts.decision.notCancelled}</span>
      </li>
      <li>
        <Icon name={icons[reason.state]} small />
        <span>
          {texts.reasons[reason.state]}{" "}
          <q>
            <Visible text={reason.text} prose />
          </q>
          {reason.error && <Visible text={` ${reason.error.message}`} prose />}
        </span>
      </li>
    </ol>
  );
}
