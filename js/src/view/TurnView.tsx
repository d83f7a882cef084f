import type { ComponentChildren, VNode } from "preact";
import { useMemo } from "preact/hooks";
import { settledDecisions } from "../task";
import type { Turn } from "../turns";
import { Answer } from "./Answer";
import { Decisions } from "./Decisions";
import { Said } from "./Said";
import { Timeline } from "./Timeline";

interface Props {
  turn: Turn;
  /** The answer to it. */
  content: string;
  /** Calls whose decision is on its way. */
  deciding: ReadonlySet<string>;
  /** What there is to decide, and to say of the task, before what the agent did. */
  children: ComponentChildren;
}

/** A message and what came of it. It stays the same element when the next one begins below it. */
export function TurnView({ turn: { message, traits }, content, deciding, children }: Props): VNode {
  const decisions = useMemo(() => settledDecisions(traits), [traits]);
  return (
    <>
      {message && <Said message={message} />}
      {children}
      <Decisions decisions={decisions} />
      <Timeline traits={traits} deciding={deciding} />
      <Answer content={content} status={traits.status} />
    </>
  );
}
