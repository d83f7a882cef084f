/** Lines of Markdown: indentation in columns, where a tab reaches to the next multiple of four. */

const TAB = 4;

/** A line across: three or more of one of these, and nothing else. */
export const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Columns of white space at the start. */
export function indentOf(line: string): number {
  let column = 0;
  for (const char of line) {
    if (char === " ") column += 1;
    else if (char === "\t") column += TAB - (column % TAB);
    else break;
  }
  return column;
}

/** The line without up to `columns` of white space at its start. */
export function dedent(line: string, columns: number): string {
  let column = 0;
  let index = 0;
  while (column < columns && index < line.length) {
    const char = line[index];
    if (char === " ") column += 1;
    else if (char === "\t") column += TAB - (column % TAB);
    else break;
    index += 1;
  }
  return " ".repeat(Math.max(0, column - columns)) + line.slice(index);
}

/** The cells of a table's row. A pipe that belongs to a cell's text is written `\|`. */
export function cellsOf(line: string): string[] {
  const row = line.trim().replace(/^\|/, "");
  const cells = row.split(/(?<!\\)\|/);
  if (cells.length > 1 && cells.at(-1)?.trim() === "") cells.pop();
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}
