/** The tokens of `marked` → ours. What is not named here is shown as its source. */
import type { MarkedToken, Token } from "marked";
import { copyOf, decodeEntities } from "./entities";
import { type Block, type Inline, textOf } from "./tokens";
import { disguised, safeHref } from "./url";

const LINE_BREAK = /<br[ \t]*\/?>/i;

/** null: there is nothing to be seen of it. */
export function toBlock(token: Token): Block | null {
  const known = token as MarkedToken;
  switch (known.type) {
    case "space":
    case "def":
    case "checkbox":
      return null;
    case "paragraph":
    case "text":
      return { kind: "paragraph", children: toInlines(known.tokens) };
    case "heading":
      return { kind: "heading", depth: known.depth, children: toInlines(known.tokens) };
    case "code":
      return { kind: "code", language: known.lang?.split(/\s/, 1)[0] ?? "", text: copyOf(known.text) };
    case "hr":
      return { kind: "rule" };
    case "blockquote":
      return { kind: "quote", blocks: toBlocks(known.tokens) };
    case "list":
      return {
        kind: "list",
        start: known.start === "" ? null : known.start,
        tight: !known.loose,
        items: known.items.map((item) => ({
          done: item.task ? item.checked === true : null,
          blocks: toBlocks(item.tokens),
        })),
      };
    case "table":
      return {
        kind: "table",
        align: known.align,
        head: known.header.map((cell) => toInlines(cell.tokens)),
        rows: known.rows.map((row) => row.map((cell) => toInlines(cell.tokens))),
      };
    default:
      return { kind: "paragraph", children: toInlines([{ type: "plain", raw: token.raw.trimEnd() }]) };
  }
}

function toBlocks(tokens: Token[]): Block[] {
  return tokens.map(toBlock).filter((block) => block !== null);
}

function toInlines(tokens: Token[] = []): Inline[] {
  const nodes: Inline[] = [];
  const add = (node: Inline): void => {
    const last = nodes.at(-1);
    if (node.kind === "text" && last?.kind === "text") last.text += node.text;
    else nodes.push(node);
  };
  for (const token of tokens) toNodes(token).forEach(add);
  return nodes;
}

function toNodes(token: Token): Inline[] {
  const known = token as MarkedToken;
  switch (known.type) {
    // `marked` has decoded some references in `text`, and a second time would be once too often.
    case "text":
      return [{ kind: "text", text: decodeEntities(known.raw) }];
    case "escape":
      return [{ kind: "text", text: known.text }];
    case "codespan":
      return [{ kind: "code", text: copyOf(known.text) }];
    case "strong":
      return [{ kind: "strong", children: toInlines(known.tokens) }];
    case "em":
      return [{ kind: "emphasis", children: toInlines(known.tokens) }];
    case "del":
      return [{ kind: "strike", children: toInlines(known.tokens) }];
    case "link": {
      const href = safeHref(decodeEntities(known.href));
      const children = toInlines(known.tokens);
      if (href === null) return children;
      return [{ kind: "link", href, leadsTo: disguised(href, textOf(children)), children }];
    }
    case "image": {
      const alt = textOf(toInlines(known.tokens));
      return [{ kind: "image", source: decodeEntities(known.href), alt }];
    }
    case "br":
      return [{ kind: "break" }];
    case "checkbox":
      return [];
    default:
      return token.raw
        .split(LINE_BREAK)
        .flatMap((text, index): Inline[] => [
          ...(index > 0 ? [BREAK] : []),
          { kind: "text", text: copyOf(text) },
        ])
        .filter((node) => node.kind !== "text" || node.text !== "");
  }
}

const BREAK: Inline = { kind: "break" };
