import { beginsBlock, type Place, parseBlocks } from "./blocks";
import { dedent, indentOf, isBlank, RULE } from "./lines";
import type { Block, Item } from "./tokens";

export interface ListMarker {
  /** The marker's last character: items of one list share it. */
  kind: string;
  /** null: not numbered. */
  start: number | null;
  /** Columns up to the item's text. */
  width: number;
  text: string;
}

const MARKER = /^([-*+]|(\d{1,9})([.)]))(?=[ \t]|$)/;
const TASK = /^\[([ xX])\][ \t]+/;
const UNFINISHED_TASK = /^\[(?:[ xX]\]?)?$/;

export function listMarker(line: string): ListMarker | null {
  const indent = indentOf(line);
  const found = indent < 4 ? MARKER.exec(line.trimStart()) : null;
  if (found === null) return null;
  const [mark, , digits, delimiter] = found;
  const after = line.trimStart().slice(mark.length);
  const space = isBlank(after) ? 1 : indentOf(after);
  // Five columns and more: one belongs to the marker, the others make it code.
  const width = indent + mark.length + (space > 4 ? 1 : space);
  const start = digits === undefined ? null : Number(digits);
  return { kind: delimiter ?? mark, start, width, text: dedent(after, space > 4 ? 1 : space) };
}

/** Only an item with text, and of a numbered list only the first, ends a paragraph. */
export function interruptsParagraph(marker: ListMarker): boolean {
  return !isBlank(marker.text) && (marker.start === null || marker.start === 1);
}

export function parseList(
  lines: string[],
  at: number,
  first: ListMarker,
  place: Place,
): [Block | null, number] {
  const items: Item[] = [];
  let tight = true;
  let next = at;
  for (let marker: ListMarker | null = first; marker !== null; ) {
    const [inside, after] = itemLines(lines, next, marker);
    const open = place.open && after === lines.length;
    const task = TASK.exec(inside[0] ?? "");
    if (task !== null) inside[0] = inside[0]?.slice(task[0].length) ?? "";
    const { blocks, gaps } = parseBlocks(inside, { ...place, depth: place.depth + 1, open });
    const following = nextItem(lines, after, first.kind);
    // While the text grows, an item of which nothing is to be seen yet is held back.
    const begun =
      open && (blocks.length === 0 || (inside.length === 1 && UNFINISHED_TASK.test(inside[0] ?? "")));
    if (!begun) items.push({ done: task === null ? null : task[1] !== " ", blocks });
    if (gaps || (following !== null && following.at > after)) tight = false;
    next = following?.at ?? after;
    marker = following?.marker ?? null;
  }
  return [items.length > 0 ? { kind: "list", start: first.start, tight, items } : null, next];
}

/** The lines of one item without its indentation, and the line that follows them. */
function itemLines(lines: string[], at: number, marker: ListMarker): [inside: string[], next: number] {
  const inside = [marker.text];
  let next = at + 1;
  let end = next;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (isBlank(line)) {
      // An item that begins with an empty line has no second one.
      if (inside.length === 1 && isBlank(marker.text)) break;
      inside.push("");
      continue;
    }
    const belongs = indentOf(line) >= marker.width;
    const lazy = !isBlank(inside.at(-1) ?? "") && !beginsBlock(line) && listMarker(line) === null;
    if (!belongs && !lazy) break;
    inside.push(belongs ? dedent(line, marker.width) : line);
    end = next + 1;
  }
  return [inside.slice(0, end - at), end];
}

/** The next item of the same list, if after empty lines at most there is one. */
function nextItem(lines: string[], from: number, kind: string): { marker: ListMarker; at: number } | null {
  let at = from;
  while (at < lines.length && isBlank(lines[at] ?? "")) at += 1;
  const line = lines[at] ?? "";
  const marker = RULE.test(line) ? null : listMarker(line);
  return marker?.kind === kind ? { marker, at } : null;
}
