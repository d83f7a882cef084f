/** What Markdown is made of here. Whatever else the text holds, HTML above all, is text. */

export type Align = "left" | "center" | "right" | null;

export interface Item {
  /** null: no task. */
  done: boolean | null;
  blocks: Block[];
}

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "heading"; depth: number; children: Inline[] }
  | { kind: "code"; language: string; text: string }
  | { kind: "quote"; blocks: Block[] }
  /** tight: its items' paragraphs stand without space between them. */
  | { kind: "list"; start: number | null; tight: boolean; items: Item[] }
  | { kind: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "strike"; children: Inline[] }
  /** `href` is safe to open; `leadsTo`: where to, if the words say something else. */
  | { kind: "link"; href: string; leadsTo: string | null; children: Inline[] }
  /** `source` is as written, and nothing has been loaded from it. */
  | { kind: "image"; source: string; alt: string }
  | { kind: "break" };

export function textOf(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "break") return " ";
      if (node.kind === "image") return node.alt;
      return "children" in node ? textOf(node.children) : node.text;
    })
    .join("");
}
