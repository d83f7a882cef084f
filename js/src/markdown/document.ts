import { share } from "../share";
import { toBlock } from "./fromTokens";
import { lex } from "./lexer";
import type { Block } from "./tokens";

export interface Document {
  blocks: Block[];
  /** The text up to which nothing changes however it goes on, and the number of blocks in it. */
  settled: string;
  settledBlocks: number;
}

/** What follows may still change a block and, where a table begins, the one before it. */
const UNSETTLED = 2;

/**
 * Parses the text; of a text that grows (`open`) only what is new since `before`. Blocks that are the same as in
 * `before` are the same objects.
 */
export function parseDocument(text: string, open: boolean, before: Document | null): Document {
  const source = text.replace(/\r\n?/g, "\n");
  const resumed = open && before !== null && source.startsWith(before.settled) ? before : FROM_START;
  let { settled, settledBlocks } = resumed;
  const { tokens, defines } = lex(source.slice(settled.length), open);
  // An address that is defined here may be what a settled block has been waiting for.
  if (defines && settled !== "")
    return parseDocument(text, open, { ...resumed, settled: "", settledBlocks: 0 });

  const parts = tokens.map((token) => ({ raw: token.raw, block: toBlock(token) }));
  const blocks = parts.flatMap(({ block }) => block ?? []);
  const all = [...resumed.blocks.slice(0, settledBlocks), ...blocks];
  for (const { raw, block } of defines ? [] : parts) {
    const more = settledBlocks < all.length - UNSETTLED;
    if (!more || !source.startsWith(raw, settled.length)) break;
    settled += raw;
    if (block !== null) settledBlocks += 1;
  }
  return { blocks: share(before?.blocks, all), settled, settledBlocks };
}

const FROM_START: Document = { blocks: [], settled: "", settledBlocks: 0 };
