/** What Markdown is made of here. Whatever else the text holds, HTML above all, is text. */

export type Align = "left" | "center" | "right" | null;

export interface Item {
  /** null: no task. */
  done: boolean | null;
  blocks: Block[];
}

/** `text` of a paragraph, heading or cell is source for `parseInline`. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "heading"; depth: number; text: string }
  | { kind: "code"; language: string; text: string }
  | { kind: "quote"; blocks: Block[] }
  /** tight: its items' paragraphs stand without space between them. */
  | { kind: "list"; start: number | null; tight: boolean; items: Item[] }
  | { kind: "table"; align: Align[]; head: string[]; rows: string[][] }
  | { kind: "rule" };

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "strike"; children: Inline[] }
  /** `href` is safe to open. */
  | { kind: "link"; href: string; children: Inline[] }
  /** `source` is as written, and nothing has been loaded from it. */
  | { kind: "image"; source: string; alt: string }
  | { kind: "break" };

/** Addresses of `[label]: address` lines, by `labelName`. */
export type References = ReadonlyMap<string, string>;

/** Labels are the same whatever their case and white space. */
export function labelName(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}

/** Deeper than this, nested quotes, lists and emphasis are text: nobody writes so, and no stack overflows. */
export const DEEPEST = 16;
