/** Source → the tokens of `marked`, in bounded depth and time, and of a text that grows with its end repaired. */
import { Lexer, type MarkedToken, type Token, type Tokenizer, type TokensList } from "marked";
import { finishInline, finishTable, withoutFence, withoutMarker } from "./repair";

export interface Lexed {
  tokens: Token[];
  /** It defines addresses, `[label]: address`, that any part of the text may refer to. */
  defines: boolean;
}

/** Deeper than this, quotes, lists and emphasis are text: nobody writes so, and no stack overflows. */
const DEEPEST = 12;

/** `marked` fills short rows up to their table's width. */
const MOST_CELLS = 20_000;
const TABLE = /^.*\n {0,3}[|:-][ |:-]*(?:\n|$)/;

/** With more of them lists are text: `marked` looks for each among all others. */
const MOST_TASKS = 2_000;
const TASK = /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+\[[ xX]\]/gm;

/** With more in one paragraph it is text: `marked` takes time in proportion to their square. */
const MOST_MARKS = 300;
const MARK = /[*_~]+|[[<]/g;

/**
 * Args:
 *   open: The text still grows: what is half written at its end is closed or held back.
 */
export function lex(source: string, open: boolean): Lexed {
  try {
    const lexer = open ? readGrowing(source) : read(source);
    // The blocks are there; what is left is the text in them.
    lexer.lex("");
    return { tokens: lexer.tokens, defines: Object.keys(lexer.tokens.links).length > 0 };
  } catch {
    return { tokens: [plain(source)], defines: false };
  }
}

/** A token of a type that nobody knows is shown as its source. */
function plain(raw: string): Token {
  return { type: "plain", raw };
}

class BoundedLexer extends Lexer {
  #blockDepth = 0;
  #inlineDepth = 0;

  constructor(source: string) {
    super({ gfm: true });
    const tokenizer = this.options.tokenizer as Tokenizer;
    const table = tokenizer.table.bind(tokenizer);
    tokenizer.table = (src) => (TABLE.test(src) && !isPadded(src) ? table(src) : undefined);
    if (count(source, TASK) > MOST_TASKS) tokenizer.list = () => undefined;
  }

  override blockTokens(src: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], clipped = false): Token[] {
    if (this.#blockDepth > DEEPEST) {
      this.state.top = true;
      tokens.push(plain(src));
      return tokens;
    }
    this.#blockDepth += 1;
    super.blockTokens(src, tokens, clipped);
    this.#blockDepth -= 1;
    return tokens;
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.#inlineDepth > DEEPEST || !isSparse(src)) {
      tokens.push(plain(src));
      return tokens;
    }
    // HTML is text here: an `<a>` of another paragraph does not make this one part of a link.
    if (this.#inlineDepth === 0) this.state.inLink = false;
    this.#inlineDepth += 1;
    super.inlineTokens(src, tokens);
    this.#inlineDepth -= 1;
    return tokens;
  }

  /** Finishes the texts that will be read into `parts`. */
  finish(parts: (Token[] | undefined)[]): void {
    const wanted = new Set(parts);
    for (const text of this.inlineQueue) {
      if (wanted.has(text.tokens)) text.src = finishInline(text.src, (src) => this.inlineTokens(src));
    }
  }
}

/** Whether the table that `src` begins with would be much larger than its source. */
function isPadded(src: string): boolean {
  const [source = ""] = src.split(/\n[ \t]*\n/, 1);
  const [head = ""] = source.split("\n", 1);
  return count(head, /\|/g) * count(source, /\n/g) > MOST_CELLS + source.length;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

function isSparse(text: string): boolean {
  const marks = text.match(MARK) ?? [];
  return marks.length <= MOST_MARKS && marks.join("").length <= 3 * MOST_MARKS;
}

function read(source: string): BoundedLexer {
  const lexer = new BoundedLexer(source);
  lexer.blockTokens(source, lexer.tokens);
  return lexer;
}

function readGrowing(source: string): BoundedLexer {
  const shown = withoutMarker(source);
  let lexer = read(source);
  // In code a marker is no marker.
  if (shown !== source && lastLeaf(lexer.tokens)?.type !== "code") lexer = read(shown);
  finishLast(lexer, lexer.tokens);
  return lexer;
}

function lastOf(tokens: Token[]): MarkedToken | undefined {
  return tokens.findLast((token) => token.type !== "space") as MarkedToken | undefined;
}

function insideOf(token: MarkedToken | undefined): Token[] | undefined {
  if (token?.type === "list") return token.items.at(-1)?.tokens;
  return token?.type === "blockquote" ? token.tokens : undefined;
}

function lastLeaf(tokens: Token[]): MarkedToken | undefined {
  const last = lastOf(tokens);
  const inside = insideOf(last);
  return inside === undefined ? last : lastLeaf(inside);
}

function finishLast(lexer: BoundedLexer, tokens: Token[]): void {
  const last = lastOf(tokens);
  const inside = insideOf(last);
  if (inside !== undefined) finishLast(lexer, inside);
  else if (last !== undefined) finishLeaf(lexer, tokens, last);
}

function finishLeaf(lexer: BoundedLexer, siblings: Token[], last: MarkedToken): void {
  switch (last.type) {
    case "code":
      last.text = withoutFence(last.text, last.raw);
      break;
    case "table":
      lexer.finish((last.rows.at(-1) ?? last.header).map((cell) => cell.tokens));
      break;
    case "heading":
      lexer.finish([last.tokens]);
      break;
    case "paragraph":
    case "text": {
      const source = finishTable(last.text);
      const table = source === null ? [] : lexer.blockTokens(source);
      if (lastOf(table)?.type === "table") {
        siblings.splice(siblings.indexOf(last), 1, ...table);
        finishLast(lexer, siblings);
      } else {
        lexer.finish([last.tokens]);
      }
    }
  }
}
