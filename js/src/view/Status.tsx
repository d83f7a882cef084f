import type { VNode } from "preact";
import { type Card, isFinal } from "../task";
import * as texts from "../texts";
import type { Traits } from "../wire";
import { Icon } from "./Icon";
import { Visible } from "./Visible";

/** A status that this version does not know may be of any length. */
export const STATUS_LIMIT = 40;

interface Look {
  look: "pending" | "running" | "waiting" | "stale" | "completed" | "failed" | "cancelled";
  words: string;
}

export function Status({ traits, cards }: { traits: Traits; cards: Card[] }): VNode {
  return <StatusMark {...lookOf(traits, cards)} />;
}

export function StatusMark({ look, words }: Look): VNode {
  return (
    <p class={`sigmic-status sigmic-status--${look}`}>
      <Icon name={look === "completed" ? "done" : look === "stale" ? "pending" : look} />
      <span>
        <Visible text={words} limit={STATUS_LIMIT} />
      </span>
    </p>
  );
}

function lookOf({ status, connection, error }: Traits, cards: Card[]): Look {
  if (status === "completed") return { look: "completed", words: texts.status.completed };
  if (status === "failed") return { look: "failed", words: texts.status.failed };
  if (status === "cancelled") return { look: "cancelled", words: texts.status.cancelled };
  if (error !== null && connection.state !== "live") {
    return { look: "failed", words: texts.status.notConnected };
  }
  const name =
    status === "" ? texts.status.connecting : Object.hasOwn(texts.status, status) ? named(status) : status;
  // Without a connection the status is what it was, not what it is.
  if (!isFollowed(connection.state)) return { look: "stale", words: name };
  const calls = cards.filter(({ state }) => state.kind !== "sending").length;
  if (calls > 0) return { look: "waiting", words: texts.status.waits(calls) };
  if (cards.length > 0) return { look: "running", words: texts.status.deciding };
  if (status === "awaiting_approval") return { look: "waiting", words: name };
  if (status === "running") return { look: "running", words: name };
  return { look: "pending", words: name };
}

function named(status: string): string {
  const word = texts.status[status as keyof typeof texts.status];
  return typeof word === "string" ? word : status;
}

function isFollowed(state: Traits["connection"]["state"]): boolean {
  return state === "live" || state === "connecting";
}

/** Whether the kernel still asks the service about the task. */
export function isActive({ status, connection }: Traits): boolean {
  return !isFinal(status) && connection.state !== "ended" && connection.state !== "stopped";
}
