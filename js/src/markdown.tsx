import type { VNode } from "preact";

export function Markdown({ text }: { text: string; streaming: boolean }): VNode {
  return (
    <div class="sigmic-markdown">
      <p style="white-space: pre-wrap">{text}</p>
    </div>
  );
}
