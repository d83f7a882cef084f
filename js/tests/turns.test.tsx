import { describe, expect, test } from "vitest";
import type { Message, TimelineRow, Traits } from "../src/wire";
import { at, show, useStage } from "./stage";

useStage();

const said = (role: string, content: string, more: Partial<Message> = {}): Message => ({
  role,
  content,
  created_at: at(30),
  files: [],
  rows: null,
  waits: false,
  ...more,
});
const thought = (subject: string): TimelineRow => ({
  kind: "thought",
  id: `thought-${subject}`,
  first_seen_at: at(40),
  settled_at: at(35),
  subject,
  description: "",
});

const first = said("user", "Summarise sales.csv", { rows: ["thought-one"] });
const one: Partial<Traits> = {
  status: "completed",
  content: "The *first* answer.",
  timeline: [thought("one")],
  completed_at: at(31),
  conversation: [first],
};
const two: Partial<Traits> = {
  status: "running",
  content: "The second",
  timeline: [thought("one"), thought("two")],
  conversation: [
    first,
    said("assistant", "The *first* answer."),
    said("user", "Now plot it", { files: ["a.csv"] }),
  ],
};

describe("a conversation", () => {
  test("keeps what was, as the same elements, and goes on below", async () => {
    const { el, text, update } = await show(one);
    const answer = el.querySelector(".sigmic-answer");
    await update(two);
    expect(text(".sigmic-answer")).toEqual(["The first answer.", "The second"]);
    expect(el.querySelector(".sigmic-answer")).toBe(answer);
    expect(text(".sigmic-step__name")).toEqual(["one", "two"]);
    expect(text(".sigmic-said")).toEqual(["Now plot ita.csv15:51:30"]);
    expect(text(".sigmic-header__elapsed")).toEqual(["Elapsed time 30 s"]);
  });

  test("shows what waits below what the agent is at", async () => {
    const waiting = said("user", "And then?", { waits: true });
    const { text } = await show({ ...two, conversation: [...(two.conversation ?? []), waiting] });
    expect(text(".sigmic-said")[1]).toBe("And then?waits until the agent has answered");
    expect(text(".sigmic-answer").at(-1)).toBe("The second");
  });

  test("shows hidden characters of what was said, and no markup", async () => {
    const message = said("user", "a\u202eb <b>c</b>", { files: ["\u200bx.csv"] });
    const { el, text } = await show({ ...two, conversation: [first, message] });
    expect(text(".sigmic-said")[0]).toContain("a⟦U+202E⟧b <b>c</b>⟦U+200B⟧x.csv");
    expect(el.querySelector(".sigmic-said b")).toBeNull();
  });

  test("of one turn is shown as a task", async () => {
    const { el, text } = await show(one);
    expect([el.querySelector(".sigmic-said"), text(".sigmic-answer")]).toEqual([null, ["The first answer."]]);
  });
});
