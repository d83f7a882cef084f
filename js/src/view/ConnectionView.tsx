import type { VNode } from "preact";
import { clockTime, instant, wholeSeconds } from "../format";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import type { Connection } from "../wire";
import { Button } from "./Button";
import { useNow } from "./context";
import { Icon } from "./Icon";
import { ProblemFrame } from "./ProblemView";
import { useAsk } from "./useJob";
import { Visible } from "./Visible";

/** A shorter break is told by the header alone. */
const WORTH_TELLING_MS = 4_000;

/** A lost connection: it mends itself, and the reader may hurry it. */
export function ConnectionView({
  model,
  connection,
}: {
  model: TaskModel;
  connection: Connection;
}): VNode | null {
  const now = useNow(true);
  const { busy, said, run } = useAsk<"refresh">(model, { command: "refresh" }, null);
  const since = instant(connection.since);
  if (since !== null && now - since < WORTH_TELLING_MS) return null;
  const lostAt = clockTime(connection.since);
  return (
    <ProblemFrame
      icon="offline"
      title={lostAt === null ? texts.problem.lost : texts.problem.lostSince(lostAt)}
    >
      <p class="sigmic-problem__text">{texts.problem.lostText}</p>
      {connection.reason && (
        <p class="sigmic-problem__reason">
          <Visible prose text={connection.reason.message} />
        </p>
      )}
      <div class="sigmic-problem__actions">
        <Button aria-disabled={busy} onClick={run}>
          <Icon name="retry" small />
          {busy ? texts.problem.retrying : texts.problem.retryNow}
        </Button>
        <span class="sigmic-problem__aside">{(busy && said) || nextTry(connection, now)}</span>
      </div>
      {!busy && said && (
        <p class="sigmic-problem__text">
          <Visible prose text={`${texts.problem.retryFailed} ${said}`} />
        </p>
      )}
    </ProblemFrame>
  );
}

function nextTry(connection: Connection, now: number): string {
  const at = instant(connection.next_try_at);
  const time = clockTime(connection.next_try_at);
  if (at === null || time === null || at <= now) return "";
  return texts.problem.nextTry(time, wholeSeconds(at - now + 999));
}
