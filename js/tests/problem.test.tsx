import { describe, expect, test } from "vitest";
import type { Connection, Problem } from "../src/wire";
import { at, show, unavailable, useStage, waiting } from "./stage";

useStage();

const problem = (more: Partial<Problem>): Problem => ({ ...unavailable, http_status: null, ...more });
const thought = {
  id: "t1",
  kind: "thought" as const,
  subject: "First",
  description: "",
  first_seen_at: null,
  settled_at: null,
};
const PARTS = ".sigmic-problem__title, .sigmic-problem__message, .sigmic-problem__facts dd";

describe("a problem says what happened, what was kept and what to do:", () => {
  test("the task failed", async () => {
    const { text } = await show({
      status: "failed",
      content: "So far",
      timeline: [thought],
      error: problem({ kind: "task_failed", message: "Out of memory", hint: "Send a message." }),
    });
    expect(text(PARTS)).toEqual([
      "The service reported an error",
      "Out of memory",
      "the answer so far (6 characters), 1 step",
      "Send a message.",
    ]);
    expect(text(".sigmic-markdown")).toEqual(["So far"]);
  });

  test("the key is not accepted", async () => {
    const { text } = await show({
      status: "",
      connection: {
        state: "stopped",
        since: at(1),
        next_try_at: null,
        reason: null,
        transport: null,
        note: null,
      },
      error: problem({ kind: "authentication", http_status: 401, code: "INVALID_API_KEY" }),
    });
    expect(text(".sigmic-problem__title, .sigmic-problem__text")).toEqual([
      "The service did not accept the API key",
      "It answered 401 INVALID_API_KEY. The task itself is not affected. Set a valid key, leave api_key out of Client(…), and run this cell again:",
    ]);
    expect(text(".sigmic-code code")).toEqual([
      'import getpass, os\nos.environ["SIGMIC_API_KEY"] = getpass.getpass("API key: ")',
    ]);
  });

  test.each<[Problem["kind"], string]>([
    ["not_found", "The service knows no such task"],
    ["permission", "This API key may not see the task"],
    ["server", "The service has a problem"],
    ["connection", "The service cannot be reached"],
    ["nonsense" as Problem["kind"], "Something went wrong in this notebook"],
  ])("%s", async (kind, title) => {
    const { text } = await show({ error: problem({ kind, message: "Why", hint: "Do this" }) });
    expect(text(PARTS)).toEqual([title, "Why", "Do this"]);
  });
});

describe("a lost connection", () => {
  const since = at(3);
  const lost: Connection = {
    state: "retrying",
    since,
    next_try_at: at(-8),
    reason: unavailable,
    transport: null,
    note: null,
  };

  test("is told by the header at first, and in full when it lasts", async () => {
    const { text, pass } = await show({ connection: lost, content: "So far" });
    expect(text(".sigmic-problem__title")).toEqual([]);
    expect(text(".sigmic-header__note")).toEqual(["retrying in 8 s"]);
    await pass(2_000);
    expect(text(".sigmic-problem__title")[0]).toMatch(/^No connection to the service since \d\d:\d\d:57$/);
    expect(text(".sigmic-problem__reason")).toEqual(["The service did not answer (503)."]);
    expect(text(".sigmic-problem__aside")[0]).toMatch(/^Next try at \d\d:\d\d:08, in 6 s$/);
    expect(text(".sigmic-markdown")).toEqual(["So far"]);
  });

  test("can be tried at once, once at a time", async () => {
    const { kernel, click, answer, text, update } = await show({ connection: { ...lost, since: at(30) } });
    await click("Retry now");
    await click("Retrying…");
    expect(kernel.asked).toEqual([{ command: "refresh" }]);
    await answer("refresh", { error: unavailable });
    expect(text(".sigmic-problem__text").at(-1)).toBe(
      "Still no connection. The service did not answer (503).",
    );
    await update({ connection: { ...lost, state: "live" } });
    expect(text(".sigmic-problem")).toEqual([]);
  });

  test("of a task that has ended is nobody's concern", async () => {
    const { text } = await show({ status: "completed", connection: { ...lost, since: at(30) } });
    expect(text(".sigmic-problem")).toEqual([]);
  });
});

test("a kernel that was started anew follows the task no more; one that answers does", async () => {
  const { kernel, el, text, update, answer, pass } = await show({
    status: "awaiting_approval",
    pending_approvals: [waiting],
    content: "So far",
  });
  const approvals = (): boolean | undefined => el.querySelector<HTMLFieldSetElement>("fieldset")?.disabled;
  const seen = (): unknown => [text(PARTS), text(".sigmic-status")[0], approvals()];
  await answer("hello", { now: at(0) });
  const before = seen();
  kernel.emit("comm_live_update");
  await pass(100);
  expect(seen()).toEqual([
    [
      "The kernel that followed the task has ended",
      "The task goes on, unseen.",
      "the answer so far (6 characters)",
      "attach(…) with its id, which the menu has, follows it again.",
    ],
    "Not connected",
    true,
  ]);
  await answer("hello", { now: at(0) });
  await pass(100);
  expect(seen()).toEqual(before);

  await update({ status: "completed", pending_approvals: [] });
  kernel.emit("comm_live_update");
  await pass(100);
  expect(text(PARTS)).toEqual([]);
});
