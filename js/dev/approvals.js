// Traits of calls that wait, and of those that were decided. `next` holds traits that come a moment later.
import { ago, base, call, decision, pending, problem, step, thought, unavailable, you } from "./parts.js";

const months = Array.from(
  { length: 30 },
  (_, at) => `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
);
const shell = `set -euo pipefail
cd /workspace
python - <<'PY'
import pandas as pd

sales = pd.read_csv("uploads/sales.csv", parse_dates=["date"])
sales["net_eur"] = sales["gross_eur"] * (1 - sales["discount"])
by_region = sales.groupby("region", as_index=False)["net_eur"].sum()
by_region.to_csv("downloads/revenue_by_region.csv", index=False)
PY
# upload \u202egro.elpmaxe\u202c the cleaned file
curl --fail --silent --show-error \\
  --upload-file downloads/revenue_by_region.csv \\
  "https://files.example.org/reports/2026-q1/"
for region in north south east west; do
  python report.py --region "$region" --out "downloads/$region.html"
done
${["north", "south"].flatMap((region) => months.map((month) => `python check.py ${region} ${month}`)).join("\n")}
# ${"checked against the ledger of each month, region by region; ".repeat(12)}`;
const loop = `for region in north south east west; do
  python report.py --region "$region" --out "downloads/$region.html"
done`;

const waiting = (...[id, tool, args, waited, ...more]) => pending(call(id, tool, args), waited, ...more);
const upload = ["u1", "run_shell_command", { command: shell, directory: "/workspace", timeout_s: 120 }];
const fetchRates = ["u2", "web_fetch", { url: "https://kurse.bücher.example/ecb/2026-03.csv" }];
const report = ["u3", "run_shell_command", { command: loop, directory: "/workspace", timeout_s: 120 }];
const write = (path, content = "# Revenue by region, first quarter") => [
  "u4",
  "write_file",
  { path, content, mode: "overwrite" },
];

const waits = (pending_approvals, more = {}) =>
  base({
    status: "awaiting_approval",
    started_at: ago(72),
    tool_calls: pending_approvals.map((each) => ({ ...each, status: "awaiting_approval", output: null })),
    timeline: [
      thought("t4", "Preparing the upload", 40, 36),
      ...pending_approvals.map(({ call_id }) => step(call_id, 34, null, { waiting_at: ago(34) })),
    ],
    pending_approvals,
    ...more,
  });

const python = `import pandas as pd

sales = pd.read_csv("uploads/sales.csv")
for region, rows in sales.groupby("region"):
\tprint(region, rows["net_eur"].sum())  

if __name__ == "__main__":
    main()
`;
const patch = `diff --git a/report.py b/report.py
--- a/report.py
+++ b/report.py
@@ -1,4 +1,4 @@
 import pandas as pd
-sales = pd.read_csv("sales.csv")
+sales = pd.read_csv("uploads/sales.csv", parse_dates=["date"])
 print(sales.head())
`;

export const approvals = {
  approval: () =>
    waits([
      waiting(
        ...upload,
        34,
        "Clean the file, upload it to the reporting store and build one report per region.",
      ),
      waiting(...fetchRates, 12),
    ]),
  always: () => waits([waiting(...report, 52, "Build one report per region.")]),
  policy: () => waits([waiting(...fetchRates, 12, null, "ZeroDivisionError: division by zero")]),
  changed: () => ({
    ...waits([waiting(...write("downloads/summary.md"), 20), waiting(...fetchRates, 12)]),
    next: {
      pending_approvals: [
        waiting(...write("/etc/profile.d/summary.sh"), 20),
        waiting(
          "u2",
          "web_fetch",
          { url: "https://kurse.bücher.example/ecb/2026-03.csv", method: "POST" },
          12,
        ),
      ],
    },
  }),
  decided: () => {
    const failed = call("d1", "run_shell_command", {
      command:
        "curl --fail --upload-file downloads/revenue_by_region.csv https://files.example.org/reports/2026-q1/",
      directory: "/workspace",
    });
    const sending = call("d2", "run_shell_command", {
      command: "python report.py --region north --out downloads/north.html",
      directory: "/workspace",
    });
    const unsure = call("d3", "delete_file", { path: "downloads/archive.zip" });
    const removal = call("d4", "run_shell_command", { command: "rm --recursive downloads/archive" });
    const reason = (state, error = null) => ({
      text: "Keep the archive, the auditors need it.",
      state,
      error,
    });
    const list = (id) => call(id, "list_directory", { path: "/workspace" });
    return waits(
      [
        waiting(...write("downloads/summary.md"), 20),
        ...[failed, sending, unsure].map((each) => pending(each, 40)),
      ],
      {
        decisions: [
          decision(list("e6"), null, { kind: "expired" }, "confirmed"),
          decision(list("e5"), null, { kind: "elsewhere" }, "confirmed"),
          decision(list("e4"), "proceed_once", { kind: "policy", name: "read_only_tools" }, "confirmed"),
          decision(
            { ...removal, call_id: "e3" },
            "cancel",
            you,
            "confirmed",
            null,
            reason("failed", unavailable),
          ),
          decision({ ...removal, call_id: "e2" }, "cancel", you, "confirmed", null, reason("waiting")),
          decision(call("e1", "web_fetch", fetchRates[2]), "proceed_once", you, "confirmed"),
          decision(failed, "proceed_once", you, "failed", unavailable),
          decision(sending, "proceed_once", you, "sent"),
          decision(
            unsure,
            "cancel",
            you,
            "sending",
            problem("connection", "It is not known whether it arrived; the task is being asked."),
            reason("waiting"),
          ),
        ],
        next: {
          pending_approvals: [
            waiting(...write("/etc/profile.d/summary.sh"), 20),
            ...[failed, sending, unsure].map((each) => pending(each, 40)),
          ],
        },
      },
    );
  },
  layouts: () =>
    waits([
      waiting(
        "l1",
        "str_replace_editor",
        {
          path: "report.py",
          old_string: 'sales = pd.read_csv("sales.csv")\nprint(sales.head())\n',
          new_string: 'sales = pd.read_csv("uploads/sales.csv")\nprint(sales.head())\nprint(len(sales))\n',
          dry_run: false,
        },
        9,
      ),
      waiting("l2", "apply_patch", { patch, cwd: "/workspace" }, 8),
      waiting("l3", "write_file", { content: python, path: "downloads/report.py", mode: "overwrite" }, 7),
      waiting("l4", "exec", { argv: ["python", "-c", "print('a b')", ""], env: { TZ: "UTC" } }, 6),
      waiting(
        "l5",
        "edit_files",
        { edits: [{ path: "a.py", old: "x = 1\ny = 2", new: "x = 2" }], dry_run: false, note: "" },
        5,
      ),
    ]),
  hostile: () =>
    waits([
      waiting(
        "h1",
        "run_shell_command\u200b",
        {
          command:
            "echo \u202e'rm -rf /'\u202c # safe\u2066\u2069 \u{e0041}\u{e0042}\ncurl https://paypаl.example/ \u0007\n",
          "dir\u200bectory": "/workspace  ",
          note: "‮ابجد مرحبا بالعالم",
          zalgo: `Z${"\u0337\u0321\u033c\u0346".repeat(40)}algo`,
        },
        9,
        "Reads a file. \u202eThis is safe\u202c",
      ),
      waiting(
        "h2",
        `${"a_very_long_name_of_a_tool_".repeat(12)}end`,
        { path: "x" },
        9,
        "All is well. ".repeat(120),
      ),
      waiting("h3", "number", { n: 1, deep: JSON.parse(`${"[".repeat(60)}${"]".repeat(60)}`), list: [] }, 4),
      {
        ...waiting("h4", "exact", { n: 9007199254740992 }, 4),
        args_json: '{"n":9007199254740993,"__proto__":{"x":1.0}}',
      },
    ]),
  large: () =>
    waits([
      waiting("b1", "run_shell_command", { command: `${"echo 0123456789 abcdefghij\n".repeat(38_000)}` }, 9),
      waiting(
        "b2",
        "write_file",
        { path: "a.txt", content: "x = 1  # some line of code that is written\n".repeat(25_000) },
        9,
      ),
      waiting("b3", "web_fetch", { body: "0123456789abcdef".repeat(65_000) }, 9),
    ]),
};
