import { share } from "../share";
import { parseBlocks } from "./blocks";
import type { Block, References } from "./tokens";

export interface Document {
  blocks: Block[];
  references: References;
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
  const source = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const resumed = open && before !== null && source.startsWith(before.settled) ? before : null;
  const from = resumed?.settled.length ?? 0;
  const references = new Map(resumed?.references);
  const lines = source.slice(from).split("\n");
  // The line that is yet to begin says nothing of the one before it.
  if (open && lines.at(-1) === "") lines.pop();
  const { blocks, starts } = parseBlocks(lines, { depth: 0, open, references });

  const all = [...(resumed?.blocks.slice(0, resumed.settledBlocks) ?? []), ...blocks];
  const settling = Math.max(0, blocks.length - UNSETTLED);
  const lineCount = starts[settling] ?? 0;
  const length = lines.slice(0, lineCount).reduce((sum, line) => sum + line.length + 1, 0);
  return {
    blocks: share(before?.blocks, all),
    references: sameReferences(before?.references, references),
    settled: source.slice(0, from + length),
    settledBlocks: all.length - blocks.length + settling,
  };
}

function sameReferences(before: References | undefined, now: References): References {
  const same =
    before?.size === now.size && [...now].every(([label, address]) => before.get(label) === address);
  return before !== undefined && same ? before : now;
}
