import type { ComponentChildren, VNode } from "preact";
import { sentences } from "../format";
import { texts } from "../texts";
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
  const words = texts.approval;
  const reason = state.kind !== "asking" && state.reason && (
    <Note source={words.yourReason} text={words.quoted(state.reason)} />
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
      {!asks && <Note text={sentences(state.error.message, state.error.hint, words.stillWaits)} />}
      {reason}
      {(sight.before || refused) && (
        <Note>
          <Rich text={words.changed} values={{ tool }} />
          {refused && ` ${refused === "cancel" ? words.rejectionRefused : words.approvalRefused}`}
        </Note>
      )}
      {asks && call.description && <Note source={words.agentSays} text={words.quoted(call.description)} />}
      {asks && call.policy_error && <Note text={words.policyFailed(call.policy_error)} quiet />}
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
