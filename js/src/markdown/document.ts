import { share } from "../share";
import { toBlock } from "./fromTokens";
import { lex } from "./lexer";
import type { Block } from "./tokens";

export interface Document {
  /** The blocks, in parts: one that is full and settled is the same object as before. */
  parts: Block[][];
  /** The text up to which nothing changes however it goes on, and the number of blocks in it. */
  settled: string;
  settledBlocks: number;
}

/** What follows may still change a block and, where a table begins, the one before it. */
const UNSETTLED = 2;
/** A heading is no part's last block: it stands nearer to what follows. */
const BLOCKS_IN_PART = 24;

/**
 * Parses the text; of a text that grows only what is new since `before`. Blocks that are the same as in `before` are the
 * same objects.
 */
export function parseDocument(text: string, open: boolean, before: Document | null): Document {
  const source = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const resumed = before !== null && source.startsWith(before.settled) ? before : FROM_START;
  let { settled, settledBlocks } = resumed;
  const { tokens, defines } = lex(source.slice(settled.length), open);
  // An address that is defined here may be what a settled block has been waiting for.
  if (defines && settled !== "")
    return parseDocument(text, open, { ...resumed, settled: "", settledBlocks: 0 });

  const full = fullParts(resumed);
  const fullBlocks = full.reduce((sum, part) => sum + part.length, 0);
  const parsed = tokens.map((token) => ({ raw: token.raw, block: toBlock(token) }));
  const rest = [
    ...resumed.parts
      .slice(full.length)
      .flat()
      .slice(0, settledBlocks - fullBlocks),
    ...parsed.flatMap(({ block }) => block ?? []),
  ];
  for (const { raw, block } of defines ? [] : parsed) {
    const more = settledBlocks < fullBlocks + rest.length - UNSETTLED;
    if (!more || !source.startsWith(raw, settled.length)) break;
    settled += raw;
    if (block !== null) settledBlocks += 1;
  }
  const parts = [...full, ...share(before?.parts.slice(full.length), inParts(rest))];
  return { parts, settled, settledBlocks };
}

const FROM_START: Document = { parts: [], settled: "", settledBlocks: 0 };

function fullParts({ parts, settledBlocks }: Document): Block[][] {
  let blocks = 0;
  const end = parts.findIndex((part) => {
    blocks += part.length;
    return blocks > settledBlocks || !isFull(part);
  });
  return end < 0 ? parts : parts.slice(0, end);
}

function inParts(blocks: Block[]): Block[][] {
  const parts: Block[][] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (last === undefined || isFull(last)) parts.push([block]);
    else last.push(block);
  }
  return parts;
}

function isFull(part: Block[]): boolean {
  return part.length >= BLOCKS_IN_PART && part.at(-1)?.kind !== "heading";
}
