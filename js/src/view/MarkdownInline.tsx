import type { VNode } from "preact";
import type { Inline } from "../markdown/tokens";
import { RemoteImage } from "./RemoteImage";
import { Visible } from "./Visible";

const TAGS = { strong: "strong", emphasis: "em", strike: "del" } as const;

/** A link's images are shown as their words: a button has no place inside a link. */
export function MarkdownInline({ nodes, inLink = false }: { nodes: Inline[]; inLink?: boolean }): VNode {
  return (
    <>
      {nodes.map((node, index) => {
        switch (node.kind) {
          case "text":
            return <Visible prose text={node.text} />;
          case "code":
            return (
              <code>
                <Visible text={node.text} />
              </code>
            );
          case "break":
            return <br />;
          case "link":
            return (
              <>
                <a href={node.href} title={node.href} target="_blank" rel="noopener noreferrer">
                  <MarkdownInline nodes={node.children} inLink />
                </a>
                {node.leadsTo !== null && <bdi class="sigmic-markdown__host">{` (${node.leadsTo})`}</bdi>}
              </>
            );
          case "image":
            return inLink ? (
              <Visible prose text={node.alt} />
            ) : (
              <RemoteImage key={`${index} ${node.source}`} source={node.source} alt={node.alt} />
            );
          default: {
            const Tag = TAGS[node.kind];
            return (
              <Tag>
                <MarkdownInline nodes={node.children} inLink={inLink} />
              </Tag>
            );
          }
        }
      })}
    </>
  );
}
