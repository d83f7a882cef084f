import type { VNode } from "preact";
import { type Align, type Block, type Inline, textOf } from "../markdown/tokens";
import * as texts from "../texts";
import { MarkdownInline } from "./MarkdownInline";

interface Props {
  table: Extract<Block, { kind: "table" }>;
}

/** "412,380", "+6.1 %", "−14.2 %", "€1.2M", "3 ms". */
const NUMBER = /^[+\-−–~≈<>≤≥]?\s?[€$£¥]?\s?\d[\d.,\s'’]*\s?[%‰]?(?:\s?\p{L}{1,3})?$/u;
const EMPTY = /^[-–—]?$/;

export function MarkdownTable({ table }: Props): VNode {
  const { align, head, rows } = table;
  const classes = head.map((_, column) => classOf(align[column] ?? null, rows, column));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
    <div class="sigmic-table" tabIndex={0} role="group" aria-label={texts.markdown.table}>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th scope="col" class={classes[column]}>
                <MarkdownInline nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell, column) => (
                <td class={classes[column]}>
                  <MarkdownInline nodes={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** As the author aligned it, or to the right where all cells are numbers. */
function classOf(align: Align, rows: Inline[][][], column: number): string | undefined {
  if (align === "center") return "sigmic-table__center";
  const cells = rows.map((row) => textOf(row[column] ?? [])).filter((text) => !EMPTY.test(text));
  const numbers = align === null && cells.length > 0 && cells.every((text) => NUMBER.test(text));
  return numbers || align === "right" ? "sigmic-table__number" : undefined;
}
