/** What follows from the traits, as pure functions. */
import { between, instant } from "./format";
import type {
  Decision,
  Instant,
  Json,
  Outcome,
  PendingApproval,
  Problem,
  TaskStatus,
  TimelineRow,
  ToolCall,
  ToolCallRow,
  Traits,
} from "./wire";

export function isFinal(status: TaskStatus): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** A decision that was clicked in this view and of which the trait `decisions` may not yet tell. */
export interface Send {
  outcome: Outcome;
  reason: string | null;
  /** accepted: the kernel has replied that it took the decision. */
  phase: "sending" | "accepted" | "failed";
  /** No reply for a while: the kernel is running a cell. */
  slow: boolean;
  error: Problem | null;
}

export type Sends = ReadonlyMap<string, Send>;

/** How a call that waits is shown. */
export type CardState =
  /** refused: what was decided on the call before it changed. */
  | { kind: "asking"; refused: Outcome | null }
  /** error: it is not known whether it arrived. */
  | (Sent & { kind: "sending"; slow: boolean; error: Problem | null })
  | (Sent & { kind: "failed"; error: Problem; at: Instant | null });

interface Sent {
  outcome: Outcome;
  reason: string | null;
  policy: string | null;
}

export interface Card {
  call: PendingApproval;
  state: CardState;
}

/**
 * A card for each call that waits, in the order of the trait, then for each whose decision is under way although
 * the service lists it no more. Nothing is taken for decided that the kernel has not said.
 */
export function cards(traits: Traits, sends: Sends): Card[] {
  const decisions = new Map(traits.decisions.map((decision) => [decision.call_id, decision]));
  const pending = new Set(traits.pending_approvals.map((call) => call.call_id));
  const waiting = traits.pending_approvals.flatMap((call) => {
    const state = cardState(decisions.get(call.call_id), sends.get(call.call_id));
    return state === null ? [] : [{ call, state }];
  });
  const leaving = traits.decisions.flatMap((decision) => {
    const state = cardState(decision, undefined);
    const underWay = state?.kind === "sending" && !pending.has(decision.call_id) && !isFinal(traits.status);
    return underWay
      ? [{ call: { ...decision, description: null, waiting_at: null, policy_error: null }, state }]
      : [];
  });
  return [...waiting, ...leaving];
}

function cardState(decision: Decision | undefined, send: Send | undefined): CardState | null {
  if (decision?.state === "confirmed") return null;
  const made = decision && {
    outcome: decision.outcome ?? ("cancel" as const),
    reason: decision.reason?.text ?? null,
    policy: decision.by.kind === "policy" ? decision.by.name : null,
  };
  if (made && decision.state !== "failed") {
    return { kind: "sending", ...made, slow: false, error: decision.error };
  }
  // The decision is absent or has failed: what was clicked since then, in this view, is newer.
  const clicked = send && { outcome: send.outcome, reason: send.reason, policy: null };
  if (clicked && (send.phase === "sending" || (send.phase === "accepted" && !decision))) {
    return { kind: "sending", ...clicked, slow: send.slow, error: null };
  }
  const failed =
    made && decision.error
      ? { ...made, error: decision.error, at: decision.decided_at }
      : clicked && send.error && { ...clicked, error: send.error, at: null };
  if (!failed) return { kind: "asking", refused: null };
  return failed.error.kind === "changed"
    ? { kind: "asking", refused: failed.outcome }
    : { kind: "failed", ...failed };
}

/** Decisions that are no card any more, the newest first. */
export function settledDecisions(traits: Traits): Decision[] {
  const pending = new Set(traits.pending_approvals.map((call) => call.call_id));
  return traits.decisions
    .filter(({ call_id, state }) => {
      if (state === "confirmed") return true;
      return !pending.has(call_id) && (state === "failed" || isFinal(traits.status));
    })
    .reverse();
}

export type CallState =
  | "pending"
  | "waiting"
  | "deciding"
  | "running"
  | "success"
  | "failed"
  | "rejected"
  | "cancelled"
  | "unfinished";

/** What to say of a call; null: a status this version does not know, to be shown as the service words it. */
export function callState(
  call: ToolCall,
  task: TaskStatus,
  deciding: boolean,
  decision?: Decision,
): CallState | null {
  switch (call.status) {
    case "success":
      return "success";
    case "error":
      return "failed";
    case "cancelled":
      return decision?.outcome === "cancel" && decision.by.kind !== "stop" ? "rejected" : "cancelled";
    case "pending":
      return isFinal(task) ? "unfinished" : "pending";
    case "executing":
      return isFinal(task) ? "unfinished" : "running";
    case "awaiting_approval":
      if (isFinal(task)) return "unfinished";
      return deciding ? "deciding" : "waiting";
    default:
      return null;
  }
}

/**
 * How long a row took, or takes until `now`; waiting for a person does not count as work. null: unknown, as where
 * beginning and end were seen at once.
 */
export function rowDuration(row: TimelineRow, state: CallState | null, now: number): number | null {
  if (row.kind === "thought") return between(row.first_seen_at, row.settled_at) || null;
  if (state === "waiting" || state === "deciding") return between(row.waiting_at, now);
  const begun = row.waiting_at === null ? row.first_seen_at : row.resumed_at;
  return state === "running" ? between(begun, now) : between(begun, row.settled_at) || null;
}

export interface Timing {
  /** Milliseconds between start and end. */
  total: number;
  /** Of these, milliseconds during which at least one call waited for a person. */
  waited: number;
}

/** null where the start or the end is unknown. */
export function timing(traits: Traits): Timing | null {
  const start = instant(traits.started_at);
  const end = instant(traits.completed_at);
  if (start === null || end === null) return null;
  // Of a call that waited before anybody looked it is not known how long.
  const decided = new Set(traits.decisions.map(({ call_id }) => call_id));
  if (traits.timeline.some((row) => "call_id" in row && !row.waiting_at && decided.has(row.call_id)))
    return null;
  const waits = traits.timeline
    .filter((row): row is ToolCallRow => row.kind === "tool_call")
    .flatMap((row) => {
      const from = instant(row.waiting_at);
      const to = instant(row.resumed_at) ?? instant(row.settled_at) ?? end;
      return from === null ? [] : [{ from, to: Math.min(to, end) }];
    })
    .sort((one, other) => one.from - other.from);
  let waited = 0;
  let reached = start;
  for (const { from, to } of waits) {
    waited += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return { total: Math.max(0, end - start), waited };
}

/** One line that tells calls of the same tool apart: the first line of the first argument that is text. */
export function callHint(args: { [name: string]: Json }): string {
  for (const value of Object.values(args)) {
    if (typeof value === "string" && value.trim() !== "") return value.trim().split("\n", 1)[0] ?? "";
  }
  return "";
}
