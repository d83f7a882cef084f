import { describe, expect, test, vi } from "vitest";
import type { Decision, ToolCallRow, Traits } from "../src/wire";
import { at, idle, shell, show, unavailable, useStage, waiting } from "./stage";

useStage();

/** A task that says `text` in each place for text. */
function saying(text: string): Partial<Traits> {
  const args = { [text]: text, nested: { [text]: [text, 1] } };
  const call = { ...shell, tool_name: text, args, description: text, output: text };
  const problem = { ...unavailable, message: text, hint: text, code: text };
  const decision: Decision = {
    ...{
      call_id: "d1",
      tool_name: text,
      args,
      args_json: null,
      outcome: "cancel",
      reason: { text, state: "failed", error: problem },
    },
    ...{
      by: { kind: "policy", name: text },
      state: "failed",
      decided_at: at(30),
      confirmed_at: null,
      error: problem,
    },
  };
  const times = { first_seen_at: at(40), settled_at: at(30) };
  return {
    message: text,
    status: "awaiting_approval",
    content: `# ${text}\n\n- ${text}\n\n| ${text} |\n|---|\n| ${text} |\n\n\`${text}\` ![${text}](https://x.example/a.png)\n\n[${text}](https://x.example)\n\n~~~${text}\n${text}\n~~~`,
    tool_calls: [call, { ...call, call_id: "c2", status: text }],
    timeline: [
      { ...times, id: "t1", kind: "thought", subject: text, description: text },
      { ...times, id: "c1", kind: "tool_call", call_id: "c1", waiting_at: at(34), resumed_at: null },
      { ...times, id: "c2", kind: "tool_call", call_id: "c2", waiting_at: null, resumed_at: null },
    ],
    pending_approvals: [{ ...waiting, tool_name: text, args, description: text, policy_error: text }],
    decisions: [decision, { ...decision, call_id: "d2", state: "confirmed", by: { kind: "person" } }],
    error: problem,
    connection: { ...idle.connection, state: "retrying", reason: problem },
  };
}

/** The page with everything open, Details too. */
async function page(text: string): Promise<HTMLElement> {
  const stage = await show(saying(text));
  await stage.click(stage.el.querySelector("[aria-haspopup=menu]") as Element);
  await stage.click("Show details");
  await stage.answer("details", {
    ...{ session_id: text, conversation_id: text, username: text, system_prompt: text },
    ...{ auto_execute: false, show_in_history: true, env: [text], secrets: [text] },
  });
  for (const row of stage.el.querySelectorAll("details:not([open]) > summary")) await stage.click(row);
  return stage.el;
}

describe("wherever a text of others stands", () => {
  test.each(["\u202e", "\u200b", "\u{e0041}", "\0", "\u0085", "\ud800", "\ufe0f\ufe0f", "\u2028"])(
    "what is hidden is shown: %j",
    async (hidden) => {
      const el = await page(`a${hidden}b`);
      expect(el.outerHTML.split(hidden).slice(1)).toEqual([]);
      expect(el.querySelectorAll(".sigmic-token").length).toBeGreaterThan(50);
    },
  );

  test.each(["<b class=sigmic-button>x</b>", '"><img src=x onerror=alert(1)>', "</pre><style>*{}</style>"])(
    "markup is text: %s",
    async (markup) => {
      const el = await page(markup);
      expect(el.querySelector("b, style, img, .sigmic-button:not(button)")).toBeNull();
      expect(el.textContent?.split(markup).length).toBeGreaterThan(25);
    },
  );
});

describe("what has no end is cut where there is one line only:", () => {
  const long = "👩‍💻".repeat(200_000);

  test.each([
    [".sigmic-header__message", 1_001],
    [".sigmic-timeline__subject", 301],
    ["code.sigmic-step__name", 301],
    [".sigmic-step__hint", 301],
  ])("%s", async (selector, longest) => {
    const { text } = await show({ ...saying(long), content: "", decisions: [], pending_approvals: [] });
    expect(text(selector)).not.toEqual([]);
    for (const shown of text(selector)) {
      expect(shown.length).toBeLessThanOrEqual(longest);
      expect(shown).toMatch(/^\P{Cs}+…$/u);
    }
  });

  test("and the message is whole once it is opened", async () => {
    const { el, click, text } = await show({ message: long });
    await click(el.querySelector(".sigmic-header__message") as Element);
    expect(text(".sigmic-header__message")).toEqual([long]);
  });

  test("and a status that nobody knows leaves room for the rest", async () => {
    const { text } = await show({ status: "s".repeat(1_000) });
    expect(text(".sigmic-status")).toEqual([`${"s".repeat(40)}…`]);
  });
});

const step: ToolCallRow = {
  ...{ id: "c1", kind: "tool_call", call_id: "c1", first_seen_at: at(9), settled_at: null },
  ...{ waiting_at: null, resumed_at: null },
};

test("an output's lines end as on any system, and what goes back within one is shown", async () => {
  const { el, click, text } = await show({
    tool_calls: [{ ...shell, output: "a\r\nb\rc" }],
    timeline: [step],
  });
  await click(el.querySelector(".sigmic-step summary") as Element);
  expect(text(".sigmic-output__text")).toEqual(["a\nb⟦U+000D⟧c"]);
});

test("what is copied is exact", async () => {
  const writeText = vi.fn(async (_: string): Promise<void> => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const { click, text } = await show({ content: "```\na\u202eb\n```" });
  await click("Copy");
  expect(text(".sigmic-code__text")).toEqual(["a⟦U+202E⟧b"]);
  expect(writeText).toHaveBeenCalledWith("a\u202eb");
  vi.unstubAllGlobals();
});
