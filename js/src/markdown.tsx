import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { type Document, parseDocument } from "./markdown/document";
import type { Block } from "./markdown/tokens";
import { Blocks } from "./view/MarkdownBlock";
import { memo } from "./view/memo";
import { useCaret } from "./view/useCaret";

interface Props {
  text: string;
  /** More is to come: what is half written is shown as what it will be. */
  streaming: boolean;
}

/** Of a long text a few parts change, and the others cost nothing. */
const Part = memo(
  ({ blocks }: { blocks: Block[] }): VNode => (
    <div class="sigmic-markdown__part">
      <Blocks blocks={blocks} />
    </div>
  ),
);

/**
 * Markdown as vnodes of an allow-list; everything else, HTML above all, is text. A block that did not change keeps
 * its DOM nodes, and with them the reader's selection.
 */
export function Markdown({ text, streaming }: Props): VNode {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<Document | null>(null);
  const document = parseDocument(text, streaming, before.current);
  before.current = document;
  useCaret(root, streaming);
  return (
    <div ref={root} class="sigmic-markdown">
      {document.parts.map((blocks, index) => (
        <Part key={index} blocks={blocks} />
      ))}
    </div>
  );
}
