/** The conversation, turn by turn, as pure functions. */
import type { Instant, Message, Traits } from "./wire";

export interface Turn {
  /** null: the task's own message, which the header shows. */
  message: Message | null;
  /** As they would be if there had been this turn alone. */
  traits: Traits;
}

interface Asked {
  message: Message;
  answer: string;
  answeredAt: Instant | null;
}

/** Those that the agent has taken up; the last is the one that it is at, or was at last. */
export function turnsOf(traits: Traits): Turn[] {
  const asked = questions(traits).filter(({ message }) => !message.waits);
  const last = asked.length - 1;
  if (last < 1) return [{ message: null, traits }];
  const taken = new Set(asked.flatMap(({ message }) => message.rows ?? []));
  return asked.map(({ message, answer, answeredAt }, at) => {
    const mine = new Set(message.rows);
    const has = (row: string): boolean => (at === last ? !taken.has(row) : mine.has(row));
    return {
      message: at > 0 ? message : null,
      traits: {
        ...traits,
        timeline: traits.timeline.filter(({ id }) => has(id)),
        decisions: traits.decisions.filter(({ call_id }) => has(`call-${call_id}`)),
        started_at: at > 0 ? message.created_at : traits.started_at,
        ...(at < last && { status: "completed", content: answer, completed_at: answeredAt }),
      },
    };
  });
}

/** Messages that wait until the agent has answered. */
export function waitingMessages({ conversation }: Traits): Message[] {
  return conversation.filter(({ waits }) => waits);
}

function questions({ conversation }: Traits): Asked[] {
  const asked: Asked[] = [];
  for (const message of conversation) {
    const before = asked.at(-1);
    if (message.role === "user") asked.push({ message, answer: "", answeredAt: null });
    else if (before) {
      before.answer += message.content;
      before.answeredAt = message.created_at;
    }
  }
  return asked;
}
