import type { VNode } from "preact";
import { visible } from "../hidden";
import * as texts from "../texts";
import { CopyButton } from "./CopyButton";
import { scrolling } from "./context";
import { beginning, Visible } from "./Visible";

const LANGUAGE_LIMIT = 40;

export function CodeBlock({ text, language }: { text: string; language: string }): VNode {
  return (
    <div class="sigmic-code">
      <div class="sigmic-code__bar">
        <span>
          <Visible text={language} limit={LANGUAGE_LIMIT} />
        </span>
        <CopyButton text={text} />
      </div>
      <pre
        class="sigmic-code__text"
        {...scrolling(visible(beginning(language, LANGUAGE_LIMIT)) || texts.markdown.code)}
      >
        <code>
          <Visible text={text} />
        </code>
      </pre>
    </div>
  );
}
