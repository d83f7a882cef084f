/** How the arguments of a call read. Nothing is left out: what is shown is what runs. */
import { canonical, type Entries, indented, type Value } from "./canonical";
import { type Line, linesOf, type Sign } from "./lines";

/** Deeper than this a value is shown as one piece of JSON. */
const DEEPEST = 6;

const PATH = /^(?:\w*path|file|file_?name|target_file)$/i;
const CONTENT = /^(?:contents?|(?:file_|new_)?(?:text|content)|body|code|data|source)$/i;
const COMMAND = /^(?:argv|bash|cmd|code|command(?:_?line)?|script|shell)$/i;
const PATCH = /diff|patch/i;
const HUNK = /^(?:@@ |\*\*\* \w+ (?:File|Patch))/m;
const UNQUOTED = /^[\w%+,./:=@-]+$/;

/**
 * What an argument is shown as. edit: two of them, a text and the one that takes its place. nested: a list or object
 * with text of several lines somewhere inside, of which each entry stands on its own.
 */
export type Look = "path" | "command" | "edit" | "content" | "patch" | "nested" | "plain";

export interface Row {
  look: Look;
  names: string[];
  values: Value[];
  /** As they are shown, unless they are nested. */
  texts: string[];
  /** Of what is nested. */
  rows: Row[];
}

/** All arguments. First what is done, as what it is: the names and kinds of arguments tell, not the name of the tool. */
export function layOut(args: Entries, depth = 0): Row[] {
  const isText = (name: string): boolean => typeof args.get(name) === "string";
  const texts = [...args.keys()].filter(isText);
  const replaced = new Map(
    texts
      .map((name) => [name, replacementOf(name)] as const)
      .filter(([name, now]) => now !== name && isText(now)),
  );
  const replacements = new Set(replaced.values());
  const patch = texts.find((name) => PATCH.test(name) && HUNK.test(asText(args.get(name))));
  const path = texts.find((name) => PATH.test(name));
  const content = path && texts.find((name) => CONTENT.test(name));
  const lookOf = (name: string, value: Value): Look => {
    if (replaced.has(name)) return "edit";
    if (name === patch) return "patch";
    if (name === content) return "content";
    if (name === path && (content ?? patch ?? replaced.size)) return "path";
    if (COMMAND.test(name) && (typeof value === "string" || isArgv(value))) return "command";
    return depth < DEEPEST && typeof value !== "string" && holdsLines(value, depth) ? "nested" : "plain";
  };
  return [...args]
    .filter(([name]) => !replacements.has(name))
    .map(([name, value]): Row => {
      const look = lookOf(name, value);
      const names = [name, ...(look === "edit" ? [replacementOf(name)] : [])];
      const values = names.map((each) => args.get(each) ?? null);
      const nested = look === "nested";
      return {
        look,
        names,
        values,
        texts: nested ? [] : values.map(look === "command" ? asCommand : asText),
        rows: nested ? layOut(inner(value), depth + 1) : [],
      };
    })
    .sort((one, other) => rank(one) - rank(other));
}

/** The arguments as the rows show them. A decision's digest is that of these, so that none can be decided on unseen. */
export function shownArgs(rows: Row[]): Entries {
  return new Map(
    rows.flatMap(({ look, names, values, rows: shown }) =>
      names.map((name, at): [string, Value] => {
        const value = values[at] ?? null;
        if (look !== "nested") return [name, value];
        const back = shownArgs(shown);
        return [name, Array.isArray(value) ? [...back.values()] : back];
      }),
    ),
  );
}

/** Names and values, as they are shown. */
export function allText(rows: Row[]): string[] {
  return rows.flatMap(({ names, texts, rows: shown }) => [...names, ...texts, ...allText(shown)]);
}

/** Names whose values differ, or that only one of the two has. */
export function changedNames(before: Entries, now: Entries): Set<string> {
  const written = (args: Entries, name: string): string | null =>
    args.has(name) ? canonical(args.get(name) ?? null) : null;
  const names = [...now.keys(), ...before.keys()];
  return new Set(before === now ? [] : names.filter((name) => written(before, name) !== written(now, name)));
}

/** A text as it is, anything else as JSON, nothing where there is nothing. */
export function asText(value: Value | undefined): string {
  return typeof value === "string" ? value : value === undefined ? "" : indented(value);
}

/** The lines of a patch, whose signs are in the text. The names of the files before and after have none. */
export function patchLines(text: string): Line[] {
  const lines = linesOf(text);
  const names = (at: number): boolean =>
    /^--- /.test(lines[at] ?? "") && /^\+\+\+ /.test(lines[at + 1] ?? "");
  return lines.map((line, at) => ({
    text: line,
    sign: names(at) || names(at - 1) ? "" : ((/^[-+@]/.exec(line)?.[0] ?? "") as Sign),
  }));
}

/** A list of words as a shell takes it. */
function asCommand(value: Value): string {
  if (!isArgv(value)) return asText(value);
  return value.map((word) => (UNQUOTED.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

function isArgv(value: Value): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string");
}

/** The name of what takes the place of the argument `name`, or itself. */
function replacementOf(name: string): string {
  return name
    .replace(/^old(?=_|[A-Z]|$)/, "new")
    .replace(/^(?:find|search)(?=_|$)/, "replace")
    .replace(/^before$/, "after");
}

function inner(value: Value): Entries {
  if (value instanceof Map) return value;
  return new Map(Array.isArray(value) ? value.map((item, index) => [String(index), item]) : []);
}

function holdsLines(value: Value, depth: number): boolean {
  if (typeof value === "string") return value.includes("\n");
  return depth < DEEPEST && [...inner(value).values()].some((item) => holdsLines(item, depth + 1));
}

function rank({ look }: Row): number {
  return look === "path" ? 0 : look === "plain" || look === "nested" ? 2 : 1;
}
