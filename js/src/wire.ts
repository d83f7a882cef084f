/**
 * The whole contract with Python, types only: its twin is sigmic_jupyter/widget/wire.py, and contract/ holds
 * examples that both test suites read. State is in traits, happenings are messages.
 */

import type { BrowseCommand } from "./browse/wire";

export type * from "./replies";

/** ISO 8601 in UTC, "2026-01-26T15:50:54.870Z". */
export type Instant = string;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A status this version does not know arrives as the text the service sent. "" means: nothing heard yet. */
export type TaskStatus =
  | ""
  | "pending"
  | "running"
  | "awaiting_approval"
  | "completed"
  | "failed"
  | "cancelled"
  | (string & {});

export type CallStatus =
  | "pending"
  | "awaiting_approval"
  | "executing"
  | "success"
  | "error"
  | "cancelled"
  | (string & {});

/** What would run, or ran. */
export interface Called {
  call_id: string;
  tool_name: string;
  args: { [name: string]: Json };
  /**
   * The arguments as canonical JSON where `args` is not exact: a number that JavaScript rounds, or half of a surrogate
   * pair, which does not get through. Otherwise null.
   */
  args_json: string | null;
}

export interface ToolCall extends Called {
  status: CallStatus;
  output: string | null;
  /** The agent's own words about the call. */
  description: string | null;
}

/** What all rows of the timeline have. A time nobody saw is null, never a guess. */
interface Row {
  id: string;
  first_seen_at: Instant | null;
  settled_at: Instant | null;
}

export interface ThoughtRow extends Row {
  kind: "thought";
  subject: string;
  description: string;
}

export interface ToolCallRow extends Row {
  kind: "tool_call";
  /** Names an entry of the trait `tool_calls`. */
  call_id: string;
  /** When it began to wait for a person, and when it stopped waiting. */
  waiting_at: Instant | null;
  resumed_at: Instant | null;
}

export type TimelineRow = ThoughtRow | ToolCallRow;

export interface PendingApproval extends Called {
  description: string | null;
  waiting_at: Instant | null;
  /** Why the policy did not decide. */
  policy_error: string | null;
}

export type Outcome = "proceed_once" | "proceed_always" | "cancel";

export type DecidedBy =
  | { kind: "person" }
  | { kind: "policy"; name: string }
  /** In another browser or through the API. */
  | { kind: "elsewhere" }
  /** The call was settled by stopping the task. */
  | { kind: "stop" }
  /** By nobody: the task ended before. */
  | { kind: "expired" };

/** Why a call was rejected, for the agent: sent as a message once the task can take one. */
export interface Reason {
  text: string;
  /** dropped: the task was stopped, so nothing was sent. */
  state: "waiting" | "sending" | "sent" | "failed" | "dropped";
  error: Problem | null;
}

/** One for each call, which it keeps as it was then; a second try replaces a failed one. */
export interface Decision extends Called {
  /** null: decided elsewhere, and the service does not say how, or by nobody. */
  outcome: Outcome | null;
  by: DecidedBy;
  /** sending: the request is under way. sent: accepted. confirmed: the task's own later state shows it. */
  state: "sending" | "sent" | "confirmed" | "failed";
  decided_at: Instant;
  confirmed_at: Instant | null;
  error: Problem | null;
  reason: Reason | null;
}

export type ProblemKind =
  | "task_failed"
  | "configuration"
  | "authentication"
  | "permission"
  | "not_found"
  | "validation"
  /** A call is not any more what was shown. */
  | "changed"
  | "rate_limit"
  | "server"
  | "connection"
  | "unexpected_response"
  /** The view's own: the kernel is gone. */
  | "kernel"
  | "internal";

export interface Problem {
  kind: ProblemKind;
  message: string;
  /** What to do next, where that is known. */
  hint: string | null;
  http_status: number | null;
  code: string | null;
}

export interface Connection {
  /** ended: the task is final, or the widget was closed, and nobody polls. stopped: the trait `error` says why. */
  state: "connecting" | "live" | "retrying" | "stopped" | "ended";
  since: Instant;
  next_try_at: Instant | null;
  reason: Problem | null;
  /** How news come, null while nobody knows. */
  transport: "poll" | "stream" | null;
  /** Why they do not come by the event stream. */
  note: string | null;
}

export interface Message {
  role: string;
  content: string;
  created_at: Instant | null;
  /** Names of the files that came with it. */
  files: string[];
  /**
   * Of the user's: the rows of the trait `timeline` that came of it; null: all that came of no other, as of the one
   * that the agent is at, or was at last, whose answer is the trait `content`.
   */
  rows: string[] | null;
  /** The agent has not taken it up yet. */
  waits: boolean;
}

export interface Artifact {
  name: string;
  path: string;
  size: number | null;
  mime_type: string | null;
  category: string | null;
  modified_at: Instant | null;
  /** Words on what it is: "PNG image, 41 KB". */
  about: string;
  /** What its preview is; null: there is none. */
  view: "image" | "table" | "text" | null;
}

export interface Traits {
  task_id: string;
  status: TaskStatus;
  message: string;
  content: string;
  timeline: TimelineRow[];
  tool_calls: ToolCall[];
  pending_approvals: PendingApproval[];
  decisions: Decision[];
  conversation: Message[];
  artifacts: Artifact[];
  /** Why the newest list of them could not be had. */
  artifacts_error: string | null;
  error: Problem | null;
  connection: Connection;
  created_at: Instant | null;
  started_at: Instant | null;
  completed_at: Instant | null;
  /** When the service last had something new. */
  updated_at: Instant | null;
}

/** What is synced beside the traits. */
export interface Synced extends Traits {
  /** Which state of the traits this is. */
  _revision: number;
  /** Names the model that holds the front end's code for all widgets: "IPY_MODEL_…". */
  _bundle: string;
}

/** The front end. */
export interface Bundle {
  js: string;
  css: string;
}

/** The end of a text that grew: where it goes on, in UTF-16 units, and what follows there. */
export type Growth = [at: number, text: string];

export interface Patch {
  set?: { [name: string]: Json };
  text?: { [name: string]: Growth };
}

export type RowChange = { at: number; row: { [name: string]: Json } } | ({ at: number } & Patch);

/** A message that makes one state of the traits of another, and costs what is new. */
export interface Delta extends Patch {
  from: number;
  to: number;
  rows?: { [name: string]: { length: number; changed: RowChange[] } };
}

/** What the browser may ask for. Each gets exactly one reply, also on failure. */
export type Command =
  | BrowseCommand
  /**
   * Somebody looks; the reply says what the kernel's clock shows. With a revision: this is what is here, and if there is
   * another one it is sent as a whole.
   */
  | { id: string; command: "hello"; revision: number | null }
  /** Somebody holds down a button that decides: look at the task, for the decision to come. */
  | { id: string; command: "look" }
  /** `digest` is that of the call as it stood on the screen; `reason` goes with a rejection. */
  | {
      id: string;
      command: "decide";
      call_id: string;
      outcome: Outcome;
      digest: string;
      reason: string | null;
    }
  | { id: string; command: "cancel" }
  /** Ask the service now: "Retry now". */
  | { id: string; command: "refresh" }
  /** All fields of the task that are not traits. */
  | { id: string; command: "details" }
  /** A piece of a file that goes with a message, in the only buffer. `upload` names all files of the message. */
  | { id: string; command: "upload"; upload: string; name: string; size: number; at: number }
  | { id: string; command: "send"; message: string; upload: string | null }
  /** Look into a file. */
  | { id: string; command: "preview"; path: string }
  /** Give a piece of a file, in the reply's only buffer. The first one, at 0, begins the download. */
  | { id: string; command: "download"; path: string; download: string; at: number }
  | { id: string; command: "drop"; download: string }
  /** Save a file in the kernel's working folder. */
  | { id: string; command: "save"; path: string }
  /** The front end, where the host does not let a widget see the model that holds it. */
  | { id: string; command: "bundle" };
