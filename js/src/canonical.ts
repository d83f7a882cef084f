/** JSON without loss: numbers as they are written, and names that mean something to JavaScript as any other. */
import type { Called } from "./wire";

/** A number by its digits: JavaScript rounds what it cannot hold. */
export class Digits {
  constructor(readonly digits: string) {}
}

export type Value = null | boolean | string | Digits | Value[] | Entries;
export type Entries = Map<string, Value>;

/** The arguments of a call. */
export function exactArgs({ args, args_json }: Pick<Called, "args" | "args_json">): Entries {
  return read(args_json ?? JSON.stringify(args)) as Entries;
}

/**
 * Reads JSON. Before it is parsed each number becomes a string that begins with "n", and each string begins with "s":
 * so all digits are kept in every browser, and no name is one that objects have of themselves.
 */
export function read(json: string): Value {
  let inString = false;
  const marked = json.replace(/\\.|"|-?\d[-+.\deE]*/g, (token) => {
    if (token === '"') {
      inString = !inString;
      return inString ? '"s' : token;
    }
    return inString ? token : `"n${token}"`;
  });
  return unmarked(JSON.parse(marked));
}

function unmarked(value: unknown): Value {
  if (typeof value === "string") return value[0] === "n" ? new Digits(value.slice(1)) : value.slice(1);
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value as null | boolean;
  return new Map(Object.entries(value).map(([name, inner]) => [name.slice(1), unmarked(inner)]));
}

/** As a reader likes it: names in their order, one to a line. */
export function indented(value: Value): string {
  return write(value, "\n");
}

/** The one way to write a value: no spaces, names sorted by UTF-16 units. */
export function canonical(value: Value): string {
  return write(value, null);
}

function write(value: Value, line: string | null): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Digits) return value.digits;
  if (typeof value !== "object" || value === null) return String(value);
  const inner = line === null ? null : `${line}  `;
  const isList = Array.isArray(value);
  const names = isList ? [] : [...value.keys()];
  const parts = isList
    ? value.map((item) => write(item, inner))
    : (line === null ? names.sort() : names).map(
        (name) =>
          `${JSON.stringify(name)}:${line === null ? "" : " "}${write(value.get(name) ?? null, inner)}`,
      );
  const [open, close] = isList ? "[]" : "{}";
  if (inner === null || parts.length === 0) return `${open}${parts.join()}${close}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${line}${close}`;
}
