import { appended } from "../delta";
import { share } from "../share";
import { toBlock } from "./fromTokens";
import { lex } from "./lexer";
import type { Block } from "./tokens";

export interface Document {
  /** The blocks, in parts: one that is full and settled is the same object as before. */
  parts: Block[][];
  source: string;
  /** How much of the source does not change however it goes on, what comes after it, and the number of blocks in it. */
  settled: number;
  tail: string;
  settledBlocks: number;
}

/** What follows may still change a block and, where a table begins, the one before it. */
const UNSETTLED = 2;
/** A heading is no part's last block: it stands nearer to what follows. */
const BLOCKS_IN_PART = 192;

/**
 * Parses the text; of a text that grows only what is new since `before`. Blocks that are the same as in `before` are the
 * same objects.
 */
export function parseDocument(text: string, open: boolean, before: Document | null): Document {
  // A long text is looked at only where its end is not known: that alone would cost more than its new words.
  const more = before && appended(before.source, text);
  const known = more?.includes("\r") === false;
  const source = known ? text : text.replace(/\r\n?/g, "\n");
  const resumed = before !== null && (known || goesOn(before, source)) ? before : FROM_START;
  const tail = known ? resumed.tail + more : source.slice(resumed.settled);
  let { settledBlocks } = resumed;
  const { tokens, defines } = lex(tail, open);
  // An address that is defined here may be what a settled block has been waiting for.
  if (defines && resumed.settled > 0)
    return parseDocument(text, open, { ...FROM_START, parts: resumed.parts });

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
  let settled = 0;
  for (const { raw, block } of defines ? [] : parsed) {
    if (settledBlocks >= fullBlocks + rest.length - UNSETTLED || !tail.startsWith(raw, settled)) break;
    settled += raw.length;
    if (block !== null) settledBlocks += 1;
  }
  const parts = [...full, ...share(before?.parts.slice(full.length), inParts(rest))];
  return { parts, source, settled: resumed.settled + settled, tail: tail.slice(settled), settledBlocks };
}

function goesOn({ source, settled }: Document, now: string): boolean {
  return now.slice(0, settled) === source.slice(0, settled);
}

const FROM_START: Document = { parts: [], source: "", settled: 0, tail: "", settledBlocks: 0 };

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
