import { cellsOf, isBlank } from "./lines";
import type { Align, Block } from "./tokens";

const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const PARTIAL_DELIMITER = /^[ \t|:-]*$/;

/**
 * The table that begins at a line, and the line after it. At the end of a text that still grows, a header without its
 * second line is taken for a table already.
 */
export function tableAt(lines: string[], at: number, open: boolean): [Block, number] | null {
  const header = lines[at] ?? "";
  if (!header.includes("|")) return null;
  const head = cellsOf(header);
  const delimiter = lines[at + 1];
  if (delimiter === undefined) {
    const begun = open && header.trimStart().startsWith("|");
    return begun ? [{ kind: "table", align: head.map(() => null), head, rows: [] }, at + 1] : null;
  }
  const growing = open && at + 2 === lines.length && PARTIAL_DELIMITER.test(delimiter) && !isBlank(delimiter);
  const marks = cellsOf(delimiter);
  if (!growing && (!DELIMITER.test(delimiter) || marks.length !== head.length)) return null;

  const rows: string[][] = [];
  let next = at + 2;
  for (; next < lines.length && isRow(lines[next] ?? ""); next += 1) {
    const cells = cellsOf(lines[next] ?? "");
    rows.push(head.map((_, column) => cells[column] ?? ""));
  }
  return [{ kind: "table", align: head.map((_, column) => alignOf(marks[column])), head, rows }, next];
}

function isRow(line: string): boolean {
  return !isBlank(line) && line.includes("|");
}

function alignOf(mark = ""): Align {
  const left = mark.startsWith(":");
  const right = mark.endsWith(":") && mark.length > 1;
  if (left && right) return "center";
  return right ? "right" : left ? "left" : null;
}
