/** Lines → blocks. Each line is looked at once for each container that it stands in, of which there are few. */
import { dedent, indentOf, isBlank, RULE } from "./lines";
import { interruptsParagraph, listMarker, parseList } from "./list";
import { tableAt } from "./table";
import { type Block, DEEPEST, labelName } from "./tokens";

export interface Parsed {
  blocks: Block[];
  /** Where each block begins: the number of its first line. */
  starts: number[];
  /** Whether an empty line stands between two of the blocks. */
  gaps: boolean;
}

/** Where the lines stand. */
export interface Place {
  depth: number;
  /** The last line is the end of a text that still grows: what only begins to mean something is held back. */
  open: boolean;
  /** Filled with the `[label]: address` lines that are met. */
  references: Map<string, string>;
}

type Taken = [block: Block | null, next: number];

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const REFERENCE = /^ {0,3}\[((?!\^)[^[\]]{1,999})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+["'(].*["')])?[ \t]*$/;
/** The beginning of a marker whose text is still to come. */
const UNFINISHED =
  /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:[-*+|>]|\d{1,9}[.)]|#{1,6}|[-`~]{1,2}|[*_]{1,3}|=+)[ \t]*$/;

export function parseBlocks(lines: string[], place: Place): Parsed {
  const parsed: Parsed = { blocks: [], starts: [], gaps: false };
  if (place.depth > DEEPEST) {
    return { ...parsed, blocks: [{ kind: "paragraph", text: lines.join("\n") }], starts: [0] };
  }
  let blank = false;
  for (let at = 0; at < lines.length; ) {
    if (isBlank(lines[at] ?? "")) {
      blank = true;
      at += 1;
      continue;
    }
    const [block, next] = takeBlock(lines, at, place);
    if (block !== null) {
      parsed.gaps ||= blank && parsed.blocks.length > 0;
      parsed.blocks.push(block);
      parsed.starts.push(at);
      blank = false;
    }
    at = next;
  }
  return parsed;
}

function takeBlock(lines: string[], at: number, place: Place): Taken {
  const line = lines[at] ?? "";
  const fence = FENCE.exec(line);
  if (fence !== null) return takeFence(lines, at, fence, place);
  if (indentOf(line) >= 4) return takeIndented(lines, at);
  if (isHeldBack(lines, at, place)) return [null, at + 1];
  const heading = HEADING.exec(line);
  if (heading !== null) {
    return [{ kind: "heading", depth: heading[1]?.length ?? 1, text: heading[2]?.trim() ?? "" }, at + 1];
  }
  if (RULE.test(line)) return [{ kind: "rule" }, at + 1];
  if (QUOTE.test(line)) return takeQuote(lines, at, place);
  const marker = listMarker(line);
  if (marker !== null) return parseList(lines, at, marker, place);
  const reference = REFERENCE.exec(line);
  if (reference !== null) {
    const [, label = "", address = ""] = reference;
    const name = labelName(label);
    if (!place.references.has(name)) place.references.set(name, address);
    return [null, at + 1];
  }
  return tableAt(lines, at, place.open) ?? takeParagraph(lines, at, place);
}

/** A fence that is not closed reaches to the end of its container. */
function takeFence(lines: string[], at: number, fence: RegExpExecArray, { open }: Place): Taken {
  const [, mark = "", info = ""] = fence;
  const indent = indentOf(lines[at] ?? "");
  const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`);
  let end = at + 1;
  while (end < lines.length && !closing.test(lines[end] ?? "")) end += 1;
  const closed = end < lines.length;
  const partial =
    !closed && open && new RegExp(`^ {0,3}${mark[0]}{1,${mark.length}}$`).test(lines[end - 1] ?? "");
  const inside = lines.slice(at + 1, partial ? end - 1 : end).map((line) => dedent(line, indent));
  const language = info.trim().split(/\s/, 1)[0] ?? "";
  return [{ kind: "code", language, text: inside.join("\n") }, closed ? end + 1 : end];
}

function takeIndented(lines: string[], at: number): Taken {
  let end = at;
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (isBlank(line)) continue;
    if (indentOf(line) < 4) break;
    end = next + 1;
  }
  const inside = lines.slice(at, end).map((line) => dedent(line, 4));
  return [{ kind: "code", language: "", text: inside.join("\n") }, end];
}

function takeQuote(lines: string[], at: number, place: Place): Taken {
  const inside: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    const marked = QUOTE.test(line);
    const lazy = !isBlank(line) && !isBlank(inside.at(-1) ?? "") && !beginsBlock(line);
    if (!marked && !lazy) break;
    inside.push(marked ? line.replace(QUOTE, "") : line);
  }
  const reachesEnd = next === lines.length;
  const { blocks } = parseBlocks(inside, {
    ...place,
    depth: place.depth + 1,
    open: place.open && reachesEnd,
  });
  return [blocks.length > 0 ? { kind: "quote", blocks } : null, next];
}

function takeParagraph(lines: string[], at: number, place: Place): Taken {
  const text: string[] = [];
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    const first = next === at;
    if (isBlank(line)) return [paragraph(text), next];
    if (!first && isHeldBack(lines, next, place)) return [paragraph(text), next + 1];
    const underline = first ? null : UNDERLINE.exec(line);
    if (underline !== null) {
      const depth = underline[1]?.startsWith("=") ? 1 : 2;
      return [{ kind: "heading", depth, text: text.join("\n").trim() }, next + 1];
    }
    if (!first && (beginsBlock(line) || tableAt(lines, next, place.open) !== null))
      return [paragraph(text), next];
    text.push(line.trimStart());
  }
  return [paragraph(text), lines.length];
}

function paragraph(lines: string[]): Block {
  return { kind: "paragraph", text: lines.join("\n").trim() };
}

function isHeldBack(lines: string[], at: number, { open }: Place): boolean {
  return open && at === lines.length - 1 && UNFINISHED.test(lines[at] ?? "");
}

/** Whether a line ends the paragraph before it. */
export function beginsBlock(line: string): boolean {
  if (indentOf(line) >= 4) return false;
  const marker = listMarker(line);
  return (
    FENCE.test(line) ||
    HEADING.test(line) ||
    RULE.test(line) ||
    QUOTE.test(line) ||
    (marker !== null && interruptsParagraph(marker))
  );
}
