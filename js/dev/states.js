// Traits of every state that is worth a look. Times are set against now, so that clocks tick as they would.

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const example = (name) => async () => (await fetch(`../../contract/traits/${name}.json`)).json();

const answer = `# Revenue by region, first quarter

Net revenue came to **€1,072,344**, 1.3 % less than the quarter before. The file has two revenue columns; the figures below use \`net_eur\`, which is after discounts.

| Region | Net revenue, € | Change | Orders |
|---|---|---|---|
| North | 412,380 | +6.1 % | 1,204 |
| South | 388,914 | +1.8 % | 1,167 |
| West | 271,050 | −14.2 % | 640 |

`;
const running = `${answer}West is the exception. Three products explain most of its fall:

\`\`\`python
west = sales[sales["region"] == "West"]
west.groupby("product")["net_eur"].sum().nsmallest(3)
\`\`\`

The largest of them, A-120, sold 31 % **fewer units after its list pri`;
const finished = `${answer}## What stands out

- West fell by 14.2 %. A-120 alone explains two thirds of it: 31 % fewer units after its list price rose on 1 February.
- North grew without new customers; [orders per customer](https://example.org/orders) rose from 2.1 to 2.4.

- [x] Totals agree with \`gross_eur\` less discounts
- [ ] 212 rows have no region; they are left out above

> The report of last quarter used the same column.

![Chart](https://charts.example.net/q1.png)
`;

const rows = ["date,region,product,units,unit_price,discount,gross_eur,net_eur"];
for (let day = 1; day <= 200; day += 1)
  rows.push(`2026-01-${day},North,A-120,${day},49.90,0.00,698.60,698.60`);

const shell = `set -euo pipefail
cd /workspace
python - <<'PY'
import pandas as pd

sales = pd.read_csv("uploads/sales.csv", parse_dates=["date"])
sales["net_eur"] = sales["gross_eur"] * (1 - sales["discount"])
by_region = sales.groupby("region", as_index=False)["net_eur"].sum()
by_region.to_csv("downloads/revenue_by_region.csv", index=False)
PY
curl --fail --silent --show-error \\
  --upload-file downloads/revenue_by_region.csv \\
  "https://files.example.org/reports/2026-q1/"
for region in north south east west; do
  python report.py --region "$region" --out "downloads/$region.html"
done`;

const call = (call_id, tool_name, args, status, more = {}) => ({
  call_id,
  tool_name,
  args,
  status,
  output: null,
  description: null,
  ...more,
});
const calls = {
  read: call("c1", "read_file", { path: "uploads/sales.csv", limit: 200 }, "success", {
    output: rows.join("\n"),
  }),
  sum: call(
    "c2",
    "run_shell_command",
    { command: "python summarise.py --by region --column net_eur" },
    "success",
  ),
  upload: call(
    "c3",
    "run_shell_command",
    { command: shell, directory: "/workspace", timeout_s: 120 },
    "awaiting_approval",
  ),
  fetch: call("c4", "web_fetch", { url: "https://kurse.example/ecb/2026-03.csv" }, "awaiting_approval"),
  edit: call(
    "c5",
    "edit_files",
    { edits: [{ path: "a.py", old: "x = 1\ny = 2", new: "x = 2" }], dry_run: false, note: "" },
    "awaiting_approval",
  ),
};
const thought = (id, subject, from, to, description = "") => ({
  id,
  kind: "thought",
  subject,
  description,
  first_seen_at: ago(from),
  settled_at: to === null ? null : ago(to),
});
const step = (call_id, from, to, more = {}) => ({
  id: `call-${call_id}`,
  kind: "tool_call",
  call_id,
  first_seen_at: ago(from),
  settled_at: to === null ? null : ago(to),
  waiting_at: null,
  resumed_at: null,
  ...more,
});
const thoughts = {
  shape: thought("t1", "Looking at the shape of the file", 47, 44, "First the columns, then the sums."),
  columns: thought(
    "t2",
    "Two columns could be revenue",
    43,
    37,
    "gross_eur is before discounts, net_eur after. The report of last quarter used net_eur, so this one does too.",
  ),
};
const pending = ({ call_id, tool_name, args }, waited, description = null, policy_error = null) => ({
  call_id,
  tool_name,
  args,
  description,
  waiting_at: ago(waited),
  policy_error,
});
const decision = ({ call_id, tool_name, args }, outcome, by, state, error = null) => ({
  call_id,
  tool_name,
  args,
  outcome,
  by,
  state,
  decided_at: ago(30),
  confirmed_at: state === "confirmed" ? ago(29) : null,
  error,
});
const problem = (kind, message, hint = null, http_status = null, code = null) => ({
  kind,
  message,
  hint,
  http_status,
  code,
});
const unavailable = problem("server", "The service did not answer (503).", null, 503);

const base = (more) => ({
  task_id: "tsk_01JH8Q2M7C",
  status: "running",
  message: "Summarise sales.csv by region",
  content: "",
  timeline: [],
  tool_calls: Object.values(calls),
  pending_approvals: [],
  decisions: [],
  conversation: [],
  artifacts: [],
  error: null,
  connection: { state: "live", since: ago(50), next_try_at: null, reason: null },
  created_at: ago(50),
  started_at: ago(48),
  completed_at: null,
  updated_at: ago(1),
  ...more,
});
const steps = [thoughts.shape, step("c1", 44, 43.6), thoughts.columns, step("c2", 30, 27.9)];
const waits = { status: "awaiting_approval", started_at: ago(72) };
const you = { kind: "person" };

export const states = {
  connecting: () => base({ status: "", task_id: "tsk_01JH8Q2M7C", message: "", started_at: null }),
  running: () =>
    base({
      content: running,
      timeline: [
        ...steps,
        thought("t3", "Comparing regions with the quarter before", 8, null, "North first."),
      ],
    }),
  quiet: () => base({ content: "Working on it", timeline: steps, updated_at: ago(34) }),
  approval: () =>
    base({
      ...waits,
      timeline: [
        thoughts.columns,
        step("c2", 40, 37.9),
        thought("t4", "Preparing the upload", 38, 34),
        step("c3", 34, null, { waiting_at: ago(34) }),
        step("c4", 12, null, { waiting_at: ago(12) }),
      ],
      pending_approvals: [
        pending(
          calls.upload,
          34,
          "Clean the file, upload it to the reporting store and build one report per region.",
        ),
        pending(calls.fetch, 12, null, "ZeroDivisionError: division by zero"),
        pending(calls.edit, 2),
      ],
    }),
  decided: () =>
    base({
      ...waits,
      pending_approvals: [pending(calls.upload, 34), pending(calls.fetch, 12), pending(calls.edit, 3)],
      decisions: [
        decision(
          call("d1", "read_file", { path: "uploads/sales.csv" }),
          "proceed_once",
          { kind: "policy", name: "read_only_tools" },
          "confirmed",
        ),
        decision(
          call("d2", "run_shell_command", { command: "rm --recursive downloads/archive" }),
          "cancel",
          you,
          "confirmed",
        ),
        decision(
          call("d3", "list_directory", { path: "/workspace" }),
          null,
          { kind: "elsewhere" },
          "confirmed",
        ),
        decision(
          call("d4", "web_fetch", { url: "https://kurse.example/ecb/2026-02.csv" }),
          "proceed_always",
          you,
          "confirmed",
        ),
        decision(calls.upload, "proceed_once", you, "failed", unavailable),
        decision(calls.fetch, "cancel", you, "failed", unavailable),
        decision(calls.edit, "proceed_once", you, "sent"),
      ],
      timeline: steps,
    }),
  finished: () =>
    base({
      status: "completed",
      started_at: ago(112),
      completed_at: ago(0),
      content: finished,
      timeline: [...steps, step("c3", 100, 20, { waiting_at: ago(81), resumed_at: ago(40) })],
      tool_calls: [calls.read, calls.sum, { ...calls.upload, status: "success" }],
      decisions: [decision(calls.upload, "proceed_once", you, "confirmed")],
      connection: { state: "ended", since: ago(0), next_try_at: null, reason: null },
    }),
  authentication: () =>
    base({
      status: "",
      message: "",
      started_at: null,
      connection: { state: "stopped", since: ago(1), next_try_at: null, reason: null },
      error: problem("authentication", "The API key is not valid.", null, 401, "INVALID_API_KEY"),
    }),
  disconnected: () =>
    base({
      timeline: steps,
      connection: { state: "retrying", since: ago(40), next_try_at: ago(-8), reason: unavailable },
    }),
  failed: () =>
    base({
      status: "failed",
      started_at: ago(124),
      completed_at: ago(0),
      content: answer,
      timeline: [thoughts.columns, step("c1", 44, 43.6), step("c2", 100, 2)],
      tool_calls: [calls.read, { ...calls.sum, status: "error", output: "Killed" }],
      error: problem(
        "task_failed",
        "Sandbox stopped: memory limit of 2 GiB exceeded while running python summarise.py",
        "Send a message with task.send(…): the session is restored with its files.",
      ),
      connection: { state: "ended", since: ago(0), next_try_at: null, reason: null },
    }),
  "contract: awaiting-approval": example("awaiting-approval"),
  "contract: failed": example("failed"),
};

export const details = {
  session_id: "ses_01JH8Q2KVN",
  conversation_id: "1769442659997-k3f9qz7ab",
  username: "ada",
  system_prompt: null,
  auto_execute: false,
  show_in_history: true,
  env: ["REPORT_LOCALE"],
  secrets: ["STORE_TOKEN"],
};
