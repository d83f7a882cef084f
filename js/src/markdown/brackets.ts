/** Code spans, brackets and link addresses: what binds tighter than emphasis. */

export interface CodeSpan {
  text: string;
  next: number;
}

export interface Spans {
  /** Code spans by where they begin. */
  code: Map<number, CodeSpan>;
  /** Where a bracket closes, by where it opens. */
  pairs: Map<number, number>;
}

/** Finds all code spans and pairs of brackets of a text in one pass. */
export function findSpans(text: string): Spans {
  const code = new Map<number, CodeSpan>();
  const pairs = new Map<number, number>();
  const ticks = ticksByLength(text);
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case "\\":
        at += 1;
        break;
      case "`": {
        const length = tickCount(text, at);
        const closing = nextAfter(ticks.get(length), at);
        if (closing !== undefined) {
          code.set(at, { text: codeText(text.slice(at + length, closing)), next: closing + length });
        }
        at = (closing ?? at) + length - 1;
        break;
      }
      case "[":
        open.push(at);
        break;
      case "]": {
        const opening = open.pop();
        if (opening !== undefined) pairs.set(opening, at);
        break;
      }
    }
  }
  return { code, pairs };
}

function ticksByLength(text: string): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const positions = found.get(run.length);
    if (positions === undefined) found.set(run.length, [index]);
    else positions.push(index);
  }
  return found;
}

/** The first of the rising `positions` after `at`. Those before are dropped: nobody asks for them again. */
function nextAfter(positions: number[] | undefined, at: number): number | undefined {
  const index = positions?.findIndex((position) => position > at) ?? -1;
  if (index < 0) return undefined;
  positions?.splice(0, index);
  return positions?.[0];
}

export function tickCount(text: string, at: number): number {
  let end = at;
  while (text[end] === "`") end += 1;
  return end - at;
}

/** Line breaks are spaces, and one space on either side is there only to keep backticks apart. */
export function codeText(raw: string): string {
  const line = raw.replaceAll("\n", " ");
  return line.startsWith(" ") && line.endsWith(" ") && line.trim() !== "" ? line.slice(1, -1) : line;
}

const ADDRESS = /[ \t\n]*(?:<([^<>\n]{0,4000})>|([^\s<][^\s]{0,4000})?)/y;
const TITLE = /[ \t\n]+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))/y;
const END = /[ \t\n]*\)/y;

/** The address in `(address "title")`, of which `at` is the first character after the bracket. */
export function addressAt(text: string, at: number): { address: string; next: number } | null {
  ADDRESS.lastIndex = at;
  const found = ADDRESS.exec(text);
  if (found === null) return null;
  let next = ADDRESS.lastIndex;
  let address = found[1];
  if (address === undefined) {
    const bare = found[2] ?? "";
    address = bare.slice(0, balancedLength(bare));
    next -= bare.length - address.length;
  }
  TITLE.lastIndex = next;
  if (TITLE.test(text)) next = TITLE.lastIndex;
  END.lastIndex = next;
  return END.test(text)
    ? { address: address.replace(/\\([!-/:-@[-`{-~])/g, "$1"), next: END.lastIndex }
    : null;
}

/** Up to the closing parenthesis that has no opening one. */
function balancedLength(address: string): number {
  let depth = 0;
  for (let at = 0; at < address.length; at += 1) {
    if (address[at] === "\\") at += 1;
    else if (address[at] === "(") depth += 1;
    else if (address[at] === ")" && --depth < 0) return at;
  }
  return address.length;
}
