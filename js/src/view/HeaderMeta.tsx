import type { VNode } from "preact";
import { between, clockTime, duration, instant, wholeSeconds } from "../format";
import { isFinal } from "../task";
import * as texts from "../texts";
import type { Traits } from "../wire";
import { useNow } from "./context";
import { Icon } from "./Icon";
import { isActive } from "./Status";

/** Silence of the service that is worth a word. */
const QUIET_MS = 30_000;

/** How long the task has been running, and the connection where it is not simply live. */
export function HeaderMeta({ traits }: { traits: Traits }): VNode {
  const now = useNow(isActive(traits));
  const elapsed = elapsedTime(traits, now);
  return (
    <p class="sigmic-header__meta">
      <ConnectionNote traits={traits} now={now} />
      {elapsed !== null && (
        <span class="sigmic-header__elapsed">
          <span class="sigmic-visually-hidden">{texts.header.elapsed} </span>
          {isFinal(traits.status) ? duration(elapsed) : wholeSeconds(elapsed)}
        </span>
      )}
    </p>
  );
}

function elapsedTime(traits: Traits, now: number): number | null {
  const start = traits.started_at ?? traits.created_at;
  if (isFinal(traits.status)) return between(start, traits.completed_at);
  return traits.connection.state === "live" || traits.connection.state === "connecting"
    ? between(start, now)
    : null;
}

function ConnectionNote({ traits, now }: { traits: Traits; now: number }): VNode | null {
  const { connection, status } = traits;
  if (isFinal(status) || connection.state === "connecting") return null;
  if (connection.state === "retrying") {
    const nextTry = instant(connection.next_try_at);
    const wait = nextTry === null ? 0 : nextTry - now;
    return (
      <Note icon="offline">
        {wait > 0 ? texts.header.retryingIn(wholeSeconds(wait + 999)) : texts.header.retrying}
      </Note>
    );
  }
  if (connection.state === "live") {
    const silence = status === "running" ? (between(traits.updated_at, now) ?? 0) : 0;
    if (silence < QUIET_MS) return null;
    return (
      <Note>
        {texts.header.quiet(wholeSeconds(silence))}
        <span class="sigmic-header__wide">{texts.header.stillConnected}</span>
      </Note>
    );
  }
  const since = status === "" ? null : clockTime(connection.since);
  return since === null ? null : <Note icon="offline">{texts.header.asOf(since)}</Note>;
}

function Note({ icon, children }: { icon?: "offline"; children: preact.ComponentChildren }): VNode {
  return (
    <span class="sigmic-header__note">
      {icon && <Icon name={icon} small />}
      <span>{children}</span>
    </span>
  );
}
