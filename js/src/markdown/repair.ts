/** The end of a text that still grows: what is half written is closed, or held back until it means something. */
import type { Token } from "marked";

/** A last line that is only the beginning of a marker, or a marker whose text is still to come. */
const UNFINISHED =
  /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:[-*+|>]|\d+[.)]|#{1,6}|[-`~]{1,2}|[*_]{1,3}|=+|!?\[(?:[ xX]\]?)?)[ \t]*$/;

export function withoutMarker(source: string): string {
  const last = source.lastIndexOf("\n") + 1;
  return UNFINISHED.test(source.slice(last)) ? source.slice(0, last) : source;
}

/** Code without the first characters of the fence that will close it. */
export function withoutFence(text: string, raw: string): string {
  const [part = ""] = /(?:^|\n) {0,3}(?:`+|~+)$/.exec(text) ?? [];
  return raw.endsWith(part) ? text.slice(0, text.length - part.length) : text;
}

const TABLE_BEGINNING = /^((?:.*\n)*?)[ \t]*(\|.*)(?:\n([ \t|:-]*))?$/;

/** A paragraph whose end begins a table, with that table's second line; null if none begins there. */
export function finishTable(text: string): string | null {
  const [, before = "", header, marks = ""] = TABLE_BEGINNING.exec(text.trimEnd()) ?? [];
  if (header === undefined) return null;
  const begun = cellsOf(marks);
  const delimiters = cellsOf(header).map((_, column) => {
    const mark = begun[column]?.trim() ?? "";
    return /-:?$/.test(mark) ? mark : `${mark}-`;
  });
  return `${before}${header}\n|${delimiters.join("|")}|`;
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/\\\||^\||\|$/g, "")
    .split("|");
}

/** A run is looked at from its beginning alone: from each of its characters would take the square of its length. */
const LAST_MARKER = /(?:\\[*_~`]?|([*_~`])(?<!\1\1)\1*)$/;
const BRACKET = /(!?)(?<!\])\[(?:[^\]]*|([^[\]]*)\](?:\(\S*(?:\s+["'(].*)?|\[[^\]]*)?)$/s;
const OPENING = /(?<!\*)\*{2,}(?=[\p{L}\p{N}])|(?<![\p{L}\p{N}*_~])(?:\*+|_+|~~)(?=[^\s*_~])/gu;

/**
 * Closes what is open at the end of the text of a paragraph, heading or cell.
 *
 * Args:
 *   read: The tokens of such a text. What they leave as text has not been closed.
 */
export function finishInline(source: string, read: (source: string) => Token[]): string {
  const trimmed = source.trimEnd();
  const text = trimmed.replace(LAST_MARKER, "");
  const hide = (part: string): string => ".".repeat(part.length);
  const left = read(text)
    .map(({ type, raw }) => (type === "text" ? raw : hide(raw)))
    .join("");
  const [ticks = ""] = /`+/.exec(left) ?? [];
  const outside = left.replace(/`.*/s, hide);

  const bracket = BRACKET.exec(outside);
  if (bracket !== null) {
    const start = bracket.index;
    const [, image, words] = bracket;
    // An image's words are not shown before it is known to be one; a link's are.
    const end = words === undefined ? text.length : start + 1 + words.length;
    const shown = image === "" ? text.slice(start + 1, end) : "";
    return finishInline(text.slice(0, start) + shown, read);
  }
  const closers = Array.from(outside.matchAll(OPENING), ([marker]) => marker).reverse();
  return text + ticks + closers.join("") + source.slice(trimmed.length);
}
