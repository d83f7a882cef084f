import type { VNode } from "preact";
import { parseInline } from "../markdown/inline";
import type { Align, Block, References } from "../markdown/tokens";
import { texts } from "../texts";
import { MarkdownInline } from "./MarkdownInline";

interface Props {
  table: Extract<Block, { kind: "table" }>;
  open: boolean;
  references: References;
}

/** "412,380", "+6.1 %", "−14.2 %", "€1.2M", "3 ms". */
const NUMBER = /^[*_]*[+\-−–~≈<>≤≥]?\s?[€$£¥]?\s?\d[\d.,\s'’]*\s?[%‰]?(?:\s?\p{L}{1,3})?[*_]*$/u;
const EMPTY = /^[-–—]?$/;

export function MarkdownTable({ table, open, references }: Props): VNode {
  const { align, head, rows } = table;
  const classes = head.map((_, column) => classOf(align[column] ?? null, rows, column));
  const cell = (text: string, last: boolean): VNode => (
    <MarkdownInline nodes={parseInline(text, open && last, references)} />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
    <div class="sigmic-table" tabIndex={0} role="group" aria-label={texts.markdown.table}>
      <table>
        <thead>
          <tr>
            {head.map((text, column) => (
              <th scope="col" class={classes[column]}>
                {cell(text, rows.length === 0 && column === head.length - 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr>
              {row.map((text, column) => (
                <td class={classes[column]}>{cell(text, index === rows.length - 1)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** As the author aligned it, or to the right where all cells are numbers. */
function classOf(align: Align, rows: string[][], column: number): string | undefined {
  if (align === "center") return "sigmic-table__center";
  const cells = rows.map((row) => row[column] ?? "").filter((text) => !EMPTY.test(text));
  const numbers = align === null && cells.length > 0 && cells.every((text) => NUMBER.test(text));
  return numbers || align === "right" ? "sigmic-table__number" : undefined;
}
