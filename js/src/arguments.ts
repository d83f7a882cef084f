/** How the arguments of a call read. Nothing is left out: what is shown is what runs. */
import type { Json } from "./wire";

/** Deeper than this a value is shown as one piece of JSON. */
const DEEPEST = 6;

export type Shown =
  | { kind: "text"; text: string }
  /** A list or object with text of several lines somewhere inside: each entry stands on its own. */
  | { kind: "entries"; entries: [name: string, value: Shown][] };

/** Strings as they are, anything else as JSON. Several lines inside a nested value keep their line breaks too. */
export function shown(value: Json, depth = 0): Shown {
  if (typeof value === "string") return { kind: "text", text: value };
  if (typeof value === "object" && value !== null && depth < DEEPEST && holdsLines(value, depth)) {
    const entries = Object.entries(value).map(([name, inner]): [string, Shown] => [
      name,
      shown(inner, depth + 1),
    ]);
    return { kind: "entries", entries };
  }
  return { kind: "text", text: JSON.stringify(value, null, 2) };
}

function holdsLines(value: Json, depth: number): boolean {
  if (typeof value === "string") return value.includes("\n");
  if (typeof value !== "object" || value === null || depth >= DEEPEST) return false;
  return Object.values(value).some((inner) => holdsLines(inner, depth + 1));
}

/** All text that is shown as a value, for counting. */
export function shownText(value: Shown): string {
  return value.kind === "text"
    ? value.text
    : value.entries.map(([name, inner]) => name + shownText(inner)).join("");
}
