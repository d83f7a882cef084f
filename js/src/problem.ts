import type { Problem, ProblemKind } from "./wire";

/** A problem that the view itself has found. */
export function problem(kind: ProblemKind, message: string, hint: string): Problem {
  return { kind, message, hint, http_status: null, code: null };
}
