import { language } from "./texts";
import type { Instant } from "./wire";

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Milliseconds since 1970, or null where the time is unknown. */
export function instant(value: Instant | null): number | null {
  const ms = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

/** From one known time to another in milliseconds, never negative; null where either is unknown. */
export function between(from: Instant | null, to: Instant | number | null): number | null {
  const start = instant(from);
  const end = typeof to === "number" ? to : instant(to);
  return start === null || end === null ? null : Math.max(0, end - start);
}

/** "0.4 s", "2.1 s", "48 s", "1 min 12 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 10 * SECOND_MS) {
    const tenths = Math.round(ms / 100) / 10;
    if (tenths < 0.1) return "< 0.1 s";
    if (tenths < 10) return `${tenths} s`;
  }
  return wholeSeconds(Math.round(ms / SECOND_MS) * SECOND_MS);
}

/** Parts that may lack their full stops, or be missing, as running text. */
export function sentences(...parts: (string | null)[]): string {
  return parts.flatMap((part) => (part ? [/[.…:!?]$/.test(part) ? part : `${part}.`] : [])).join(" ");
}

/** As a clock that ticks shows it: whole seconds that have passed. "0 s", "48 s", "1 min 12 s". */
export function wholeSeconds(ms: number): string {
  const total = Math.floor(ms / SECOND_MS);
  const hours = Math.floor(total / HOUR_S);
  const minutes = Math.floor((total % HOUR_S) / MINUTE_S);
  const seconds = total % MINUTE_S;
  if (hours > 0) return `${grouped(hours)} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}

/** In the reader's zone: "14:31:20". */
export function clockTime(value: Instant | null): string | null {
  return inZone(value, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** In the reader's zone: "26 January 2026, 16:50:54". */
export function dateTime(value: Instant | null): string | null {
  const date = inZone(value, { day: "numeric", month: "long", year: "numeric" });
  return date === null ? null : `${date}, ${clockTime(value)}`;
}

function inZone(value: Instant | null, options: Intl.DateTimeFormatOptions): string | null {
  const ms = instant(value);
  return ms === null ? null : new Intl.DateTimeFormat(language, options).format(ms);
}

/** "this minute", "2 min ago", "3 hr ago", "24 Jan 2026, 17:02"; in the reader's zone. */
export function age(value: Instant | null, now: number): string | null {
  const ms = between(value, now);
  if (ms === null || ms >= DAY_MS) return inZone(value, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(language, { style: "short", numeric: "auto" });
  return ms < HOUR_MS
    ? relative.format(Math.ceil(-ms / MINUTE_MS), "minute")
    : relative.format(Math.ceil(-ms / HOUR_MS), "hour");
}

/** "1,204". */
export function grouped(count: number): string {
  return new Intl.NumberFormat(language).format(count);
}

/** "2.6 KB", by 1,000 as file managers do. */
export function byteCount(bytes: number): string {
  const units = [bytes === 1 ? "byte" : "bytes", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const rounded = unit > 0 && value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${grouped(rounded)} ${units[unit]}`;
}

/** Characters as a reader counts them: code points, not UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export function lineCount(text: string): number {
  const lines = text.split("\n").length;
  return text.endsWith("\n") ? lines - 1 : lines;
}
