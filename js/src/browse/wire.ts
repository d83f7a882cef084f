/** The contract of the list of tasks with Python, types only: its twin is sigmic_jupyter/widget/browse/wire.py. */
import type { Instant, Problem } from "../wire";

/** A task in the list. */
export interface TaskRow {
  id: string;
  /** How its status looks. */
  kind: "pending" | "running" | "waiting" | "completed" | "failed" | "cancelled";
  /** In words. */
  status: string;
  /** The first line, maybe cut; without one the id. */
  message: string;
  /** How many there are, "" where that is unknown. */
  messages: string;
  /** When there was last something new. */
  at: Instant | null;
}

/** What there is to see, in one piece, so that it never contradicts itself. */
export interface Listed {
  rows: TaskRow[];
  /** How many tasks there are. */
  count: string;
  /** How many of them are shown, or searched. */
  foot: string;
  /** What the command `more` does now, in words; null where there is nothing more. */
  more: string | null;
  /** The filter that the rows have passed. */
  text: string;
  status: string;
  problem: Problem | null;
}

/** The task that is open, and its model: "IPY_MODEL_…". */
export interface Opened {
  model: string;
  /** What follows the task in a cell of its own: some pages show no widget within another. */
  code: string;
}

/** What stands in the list beside the tasks. */
export interface Words {
  title: string;
  filter: string;
  status: string;
  /** What can be chosen. */
  statuses: [status: string, words: string][];
  refresh: string;
  columns: string[];
  back: string;
  no_kernel: string;
}

export interface BrowseTraits {
  listed: Listed;
  /** null where the list is. */
  opened: Opened | null;
  /** Whether the service is being asked. */
  busy: boolean;
  words: Words;
}

/** Beside `hello`, `refresh` (the list anew) and `bundle`. */
export type BrowseCommand =
  /** Show the tasks alone that have all words of a text, and a status; "": any. */
  | { id: string; command: "find"; text: string; status: string }
  /** Fetch further tasks, search on, or try again what has failed. So many rows are here: asked twice, it is done once. */
  | { id: string; command: "more"; rows: number }
  | { id: string; command: "open"; task_id: string }
  /** To the list. */
  | { id: string; command: "back" };
