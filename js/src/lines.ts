/** Texts by lines, each with the line break that ends it. */

/** "-": it was there before. "+": it is new. "@": where in a file the lines are. "": as it was. */
export type Sign = "-" | "+" | "@" | "";

export interface Line {
  sign: Sign;
  text: string;
}

export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

export function unsigned(text: string): Line[] {
  return linesOf(text).map((line) => ({ sign: "", text: line }));
}

/** What becomes of one text in another: what both begin and end with is as it was. */
export function changes(before: string, now: string): Line[] {
  const old = linesOf(before);
  const fresh = linesOf(now);
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const signed = (lines: string[], sign: Sign): Line[] => lines.map((text) => ({ sign, text }));
  return [
    ...signed(fresh.slice(0, head), ""),
    ...signed(old.slice(head, old.length - tail), "-"),
    ...signed(fresh.slice(head, fresh.length - tail), "+"),
    ...signed(fresh.slice(fresh.length - tail), ""),
  ];
}

/** Lines that are laid out together, of which the first is number `at`, counted from 0. */
export interface Chunk {
  at: number;
  lines: Line[];
}

/** Parts of so many lines, and of so much text unless it is one line. */
export function chunked(lines: Line[], mostLines = 500, mostText = 20_000): Chunk[] {
  const chunks: Chunk[] = [];
  let size = 0;
  lines.forEach((line, at) => {
    const last = chunks.at(-1);
    size += line.text.length;
    if (last && last.lines.length < mostLines && size <= mostText) {
      last.lines.push(line);
    } else {
      chunks.push({ at, lines: [line] });
      size = line.text.length;
    }
  });
  return chunks;
}

/** Lines that follow each other with the same sign, as one. */
export function merged(lines: Line[]): Line[] {
  const runs: Line[] = [];
  for (const { sign, text } of lines) {
    const last = runs.at(-1);
    if (last?.sign === sign) last.text += text;
    else runs.push({ sign, text });
  }
  return runs;
}
