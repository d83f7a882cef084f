/** A call that waits, and what is decided about it. */
import { exactArgs } from "../src/canonical";
import { digest } from "../src/digest";
import type { Ask } from "../src/model";
import type { Decision, Outcome } from "../src/wire";
import { at, shell, waiting } from "./stage";

export const asked = { status: "awaiting_approval", tool_calls: [shell], pending_approvals: [waiting] };
export const decided = (more: Partial<Decision>): Decision => ({
  call_id: "c1",
  tool_name: "run_shell_command",
  args: shell.args,
  args_json: null,
  outcome: "proceed_once",
  by: { kind: "person" },
  state: "sent",
  decided_at: at(1),
  confirmed_at: null,
  error: null,
  reason: null,
  ...more,
});
export const decide = (outcome: Outcome, more: Partial<Ask<"decide">> = {}): Ask<"decide"> => ({
  command: "decide",
  call_id: "c1",
  outcome,
  digest: digest("c1", "run_shell_command", exactArgs(shell)),
  reason: null,
  ...more,
});
export const BUTTONS = ".sigmic-approval__actions button";
