import type { ComponentChildren, VNode } from "preact";
import { sentences } from "../format";
import * as texts from "../texts";
import { reachable } from "./context";
import { HiddenWarning } from "./HiddenWarning";
import { Name } from "./Name";
import { Rich } from "./Rich";
import type { SightedCard } from "./useSights";
import { Visible } from "./Visible";

/** Longer than this it may scroll in a narrow view. */
const NOTE_ROOM = 250;

/** What there is to know of a call before its arguments. */
export function ApprovalNotes({ card: { call, state, sight } }: { card: SightedCard }): VNode {
  const reason = state.kind !== "asking" && state.reason && (
    <Note source={texts.approval.yourReason} text={texts.approval.quoted(state.reason)} />
  );
  if (state.kind === "sending") {
    return (
      <>
        {state.error && <Note text={sentences(state.error.message, state.error.hint)} />}
        {state.slow && <Note text={texts.kernelBusy} />}
        {reason}
      </>
    );
  }
  const asks = state.kind === "asking";
  const refused = asks && state.refused;
  const earlier = sight.before?.call.tool_name ?? call.tool_name;
  const tool = (
    <>
      {earlier !== call.tool_name && (
        <>
          <s>
            <Name text={earlier} />
          </s>{" "}
        </>
      )}
      <Name text={call.tool_name} />
    </>
  );
  return (
    <>
      {!asks && <Note text={sentences(state.error.message, state.error.hint, texts.approval.stillWaits)} />}
      {reason}
      {(sight.before || refused) && (
        <Note>
          <Rich text={texts.approval.changed} values={{ tool }} />
          {refused &&
            ` ${refused === "cancel" ? texts.approval.rejectionRefused : texts.approval.approvalRefused}`}
        </Note>
      )}
      {asks && call.description && (
        <Note source={texts.approval.agentSays} text={texts.approval.quoted(call.description)} />
      )}
      {asks && call.policy_error && <Note text={texts.approval.policyFailed(call.policy_error)} quiet />}
      <HiddenWarning hidden={sight.hidden} />
    </>
  );
}

interface NoteProps {
  /** Whose words they are. */
  source?: string;
  text?: string;
  quiet?: boolean;
  children?: ComponentChildren;
}

function Note({ source, text = "", quiet = false, children }: NoteProps): VNode {
  return (
    <p
      class={`sigmic-approval__description${quiet ? " sigmic-approval__source" : ""}`}
      {...reachable(text, NOTE_ROOM)}
    >
      {source && <span class="sigmic-approval__source">{source} </span>}
      <Visible text={text} prose />
      {children}
    </p>
  );
}
