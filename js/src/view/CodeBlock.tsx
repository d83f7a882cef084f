import type { VNode } from "preact";
import { texts } from "../texts";
import { CopyButton } from "./CopyButton";

export function CodeBlock({ text, language }: { text: string; language: string }): VNode {
  return (
    <div class="sigmic-code">
      <div class="sigmic-code__bar">
        <span>{language}</span>
        <CopyButton text={text} />
      </div>
      <pre
        class="sigmic-code__text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
        tabIndex={0}
        role="group"
        aria-label={language || texts.markdown.code}
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}
