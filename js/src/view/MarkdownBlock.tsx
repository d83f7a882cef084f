import { h, type VNode } from "preact";
import { parseInline } from "../markdown/inline";
import type { Block, Item, References } from "../markdown/tokens";
import { texts } from "../texts";
import { CodeBlock } from "./CodeBlock";
import { Icon } from "./Icon";
import { MarkdownInline } from "./MarkdownInline";
import { MarkdownTable } from "./MarkdownTable";
import { memo } from "./memo";

interface ListProps {
  blocks: Block[];
  /** The last block still grows. */
  open: boolean;
  references: References;
  /** Paragraphs stand without space round them. */
  tight?: boolean;
}

export function Blocks({ blocks, open, references, tight = false }: ListProps): VNode {
  return (
    <>
      {blocks.map((block, index) => (
        <MarkdownBlock
          key={index}
          block={block}
          open={open && index === blocks.length - 1}
          references={references}
          tight={tight}
        />
      ))}
    </>
  );
}

interface Props {
  block: Block;
  open: boolean;
  references: References;
  tight: boolean;
}

/** Not made again unless the block, or what it refers to, is another. */
const MarkdownBlock = memo(({ block, open, references, tight }: Props): VNode => {
  const inline = (text: string): VNode => <MarkdownInline nodes={parseInline(text, open, references)} />;
  switch (block.kind) {
    case "paragraph":
      return tight ? inline(block.text) : <p>{inline(block.text)}</p>;
    case "heading":
      // The answer's first level is a section of the page that it stands in.
      return h(`h${Math.min(6, block.depth + 1)}`, null, inline(block.text));
    case "code":
      return <CodeBlock text={block.text} language={block.language} />;
    case "rule":
      return <hr />;
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} open={open} references={references} />
        </blockquote>
      );
    case "table":
      return <MarkdownTable table={block} open={open} references={references} />;
    case "list": {
      const tasks = block.items.every((item) => item.done !== null);
      const items = block.items.map((item, index) => (
        <ListItem
          key={index}
          item={item}
          open={open && index === block.items.length - 1}
          references={references}
          tight={block.tight}
        />
      ));
      if (block.start !== null) return <ol start={block.start}>{items}</ol>;
      return tasks ? <ul class="sigmic-markdown__tasks">{items}</ul> : <ul>{items}</ul>;
    }
  }
});

interface ItemProps {
  item: Item;
  open: boolean;
  references: References;
  tight: boolean;
}

function ListItem({ item, open, references, tight }: ItemProps): VNode {
  const content = <Blocks blocks={item.blocks} open={open} references={references} tight={tight} />;
  if (item.done === null) return <li>{content}</li>;
  return (
    <li class="sigmic-markdown__task">
      <Icon name={item.done ? "task-done" : "task-open"} />
      <span class="sigmic-visually-hidden">{item.done ? texts.markdown.done : texts.markdown.open}</span>
      <div>{content}</div>
    </li>
  );
}
