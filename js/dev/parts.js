// What the traits of the states are made of. Times are set against now, so that clocks tick as they would.

export const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
export const call = (call_id, tool_name, args, status, more = {}) => ({
  call_id,
  tool_name,
  args,
  args_json: null,
  status,
  output: null,
  description: null,
  ...more,
});
export const thought = (id, subject, from, to, description = "") => ({
  id,
  kind: "thought",
  subject,
  description,
  first_seen_at: ago(from),
  settled_at: to === null ? null : ago(to),
});
export const step = (call_id, from, to, more = {}) => ({
  id: `call-${call_id}`,
  kind: "tool_call",
  call_id,
  first_seen_at: ago(from),
  settled_at: to === null ? null : ago(to),
  waiting_at: null,
  resumed_at: null,
  ...more,
});
export const pending = ({ call_id, tool_name, args }, waited, description = null, policy_error = null) => ({
  call_id,
  tool_name,
  args,
  args_json: null,
  description,
  waiting_at: ago(waited),
  policy_error,
});
export const decision = ({ call_id, tool_name, args }, outcome, by, state, error = null, reason = null) => ({
  call_id,
  tool_name,
  args,
  args_json: null,
  outcome,
  by,
  state,
  decided_at: ago(30),
  confirmed_at: state === "confirmed" ? ago(29) : null,
  error,
  reason,
});
export const problem = (kind, message, hint = null, http_status = null, code = null) => ({
  kind,
  message,
  hint,
  http_status,
  code,
});
export const unavailable = problem("server", "The service did not answer (503).", null, 503);

export const base = (more) => ({
  task_id: "tsk_01JH8Q2M7C",
  status: "running",
  message: "Summarise sales.csv by region",
  content: "",
  timeline: [],
  tool_calls: [],
  pending_approvals: [],
  decisions: [],
  conversation: [],
  artifacts: [],
  artifacts_error: null,
  error: null,
  connection: {
    state: "live",
    since: ago(50),
    next_try_at: null,
    reason: null,
    transport: "poll",
    note: null,
  },
  created_at: ago(50),
  started_at: ago(48),
  completed_at: null,
  updated_at: ago(1),
  ...more,
});
export const you = { kind: "person" };
