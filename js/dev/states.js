// Traits of every state that is worth a look.
import { approvals } from "./approvals.js";
import { files } from "./files.js";
import { ago, call, decision, base as empty, problem, step, thought, unavailable, you } from "./parts.js";

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
  upload: call("c3", "run_shell_command", { command: "./upload.sh", timeout_s: 120 }, "awaiting_approval"),
};
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
const steps = [thoughts.shape, step("c1", 44, 43.6), thoughts.columns, step("c2", 30, 27.9)];
const base = (more) => empty({ tool_calls: Object.values(calls), ...more });

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
  ...approvals,
  finished: () =>
    base({
      status: "completed",
      started_at: ago(112),
      completed_at: ago(0),
      content: finished,
      timeline: [...steps, step("c3", 100, 20, { waiting_at: ago(81), resumed_at: ago(40) })],
      tool_calls: [calls.read, calls.sum, { ...calls.upload, status: "success" }],
      decisions: [decision(calls.upload, "proceed_once", you, "confirmed")],
      artifacts: files,
      connection: {
        state: "ended",
        since: ago(0),
        next_try_at: null,
        reason: null,
        transport: null,
        note: null,
      },
    }),
  authentication: () =>
    base({
      status: "",
      message: "",
      started_at: null,
      connection: {
        state: "stopped",
        since: ago(1),
        next_try_at: null,
        reason: null,
        transport: null,
        note: null,
      },
      error: problem("authentication", "The API key is not valid.", null, 401, "INVALID_API_KEY"),
    }),
  disconnected: () =>
    base({
      timeline: steps,
      connection: {
        state: "retrying",
        since: ago(40),
        next_try_at: ago(-8),
        reason: unavailable,
        transport: null,
        note: null,
      },
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
      connection: {
        state: "ended",
        since: ago(0),
        next_try_at: null,
        reason: null,
        transport: null,
        note: null,
      },
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
