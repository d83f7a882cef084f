/** What the kernel replies to commands, types only: its twin is sigmic_jupyter/widget/replies.py. */
import type { Bundle, Command, Instant, Problem } from "./wire";

export interface Details {
  session_id: string | null;
  conversation_id: string | null;
  username: string | null;
  system_prompt: string | null;
  auto_execute: boolean | null;
  show_in_history: boolean | null;
  /** Names only. */
  env: string[];
  secrets: string[];
}

/** What is seen of a file; `note` says what is not, why, or how it was read. */
export type Preview =
  | { kind: "text"; text: string; note: string | null }
  /** The first rows, all of the same length. */
  | { kind: "table"; head: string[]; rows: string[][]; numbers: boolean[]; note: string | null }
  | { kind: "image"; media_type: string; base64: string; note: string | null }
  | { kind: "none"; note: string };

/** A piece of a file, whose bytes are beside it. One at 0 begins the file anew. */
export interface Piece {
  /** Safe to save it under. */
  name: string;
  /** How far it is: "3.1 MB of 48 MB". */
  note: string;
  at: number;
  /** Where the next one begins. */
  next: number;
  ended: boolean;
}

/** The reply's data by command. */
export interface ReplyData {
  hello: { now: Instant };
  look: null;
  decide: null;
  cancel: null;
  refresh: null;
  details: Details;
  upload: null;
  send: null;
  preview: Preview;
  download: Piece;
  drop: null;
  save: { note: string };
  find: null;
  more: null;
  open: null;
  back: null;
  bundle: Bundle;
}

export type Reply<C extends Command["command"] = Command["command"]> =
  | { reply_to: string; ok: true; data: ReplyData[C]; buffers?: DataView<ArrayBuffer>[] }
  | { reply_to: string; ok: false; error: Problem };
