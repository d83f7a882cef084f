import type { VNode } from "preact";
import { type Align, type Block, type Inline, textOf } from "../markdown/tokens";
import * as texts from "../texts";
import { MarkdownInline } from "./MarkdownInline";
import { Table } from "./Table";

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
    <Table
      box="sigmic-table"
      label={texts.markdown.table}
      head={head}
      rows={rows}
      show={(nodes) => <MarkdownInline nodes={nodes} />}
      classes={classes}
    />
  );
}

/** As the author aligned it, or to the right where all cells are numbers. */
function classOf(align: Align, rows: Inline[][][], column: number): string | undefined {
  if (align === "center") return "sigmic-table__center";
  const cells = rows.map((row) => textOf(row[column] ?? [])).filter((text) => !EMPTY.test(text));
  const numbers = align === null && cells.length > 0 && cells.every((text) => NUMBER.test(text));
  return numbers || align === "right" ? "sigmic-table__number" : undefined;
}
