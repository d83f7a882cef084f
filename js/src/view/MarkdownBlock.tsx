import { h, type VNode } from "preact";
import type { Block, Item } from "../markdown/tokens";
import * as texts from "../texts";
import { CodeBlock } from "./CodeBlock";
import { Icon } from "./Icon";
import { MarkdownInline } from "./MarkdownInline";
import { MarkdownTable } from "./MarkdownTable";
import { memo } from "./memo";

/** Such numbers find no room beside their list, and a part of one is another number. */
const LONG_NUMBER = 999;

interface ListProps {
  blocks: Block[];
  /** Paragraphs stand without space round them. */
  tight?: boolean;
}

export function Blocks({ blocks, tight = false }: ListProps): VNode {
  return (
    <>
      {blocks.map((block, index) => (
        <MarkdownBlock key={index} block={block} tight={tight} />
      ))}
    </>
  );
}

interface Props {
  block: Block;
  tight: boolean;
}

/** Not made again unless the block is another. */
const MarkdownBlock = memo(({ block, tight }: Props): VNode => {
  switch (block.kind) {
    case "paragraph": {
      const text = <MarkdownInline nodes={block.children} />;
      return tight ? text : <p>{text}</p>;
    }
    case "heading":
      // The answer's first level is a section of the page that it stands in.
      return h(`h${Math.min(6, block.depth + 1)}`, null, <MarkdownInline nodes={block.children} />);
    case "code":
      return <CodeBlock text={block.text} language={block.language} />;
    case "rule":
      return <hr />;
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "table":
      return <MarkdownTable table={block} />;
    case "list": {
      const tasks = block.items.every((item) => item.done !== null);
      const items = block.items.map((item, index) => (
        <ListItem key={index} item={item} tight={block.tight} />
      ));
      if (block.start !== null) {
        const long = block.start + items.length > LONG_NUMBER;
        return (
          <ol start={block.start} class={long ? "sigmic-markdown__long" : undefined}>
            {items}
          </ol>
        );
      }
      return tasks ? <ul class="sigmic-markdown__tasks">{items}</ul> : <ul>{items}</ul>;
    }
  }
});

interface ItemProps {
  item: Item;
  tight: boolean;
}

function ListItem({ item, tight }: ItemProps): VNode {
  const content = <Blocks blocks={item.blocks} tight={tight} />;
  if (item.done === null) return <li>{content}</li>;
  return (
    <li class="sigmic-markdown__task">
      <Icon name={item.done ? "task-done" : "task-open"} />
      <span class="sigmic-visually-hidden">{item.done ? texts.markdown.done : texts.markdown.open}</span>
      <div>{content}</div>
    </li>
  );
}
