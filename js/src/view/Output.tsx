import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { byteCount, lineCount } from "../format";
import { texts } from "../texts";
import { Button } from "./Button";

const LINES = 15;
/** So long a part of one line is still quick to lay out. */
const CHARACTERS = 4_000;

/** A tool's output: its beginning, and all of it where there is more. */
export function Output({ text }: { text: string }): VNode {
  const [all, setAll] = useState(false);
  const head = beginning(text);
  const more = head.length < text.length;
  return (
    <div class="sigmic-output">
      <pre
        class={all ? "sigmic-output__text sigmic-output__text--all" : "sigmic-output__text"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so the keyboard must reach it
        tabIndex={0}
        role="group"
        aria-label={texts.output.label}
      >
        {all ? text : head}
      </pre>
      {more && (
        <Button look="quiet" class="sigmic-output__more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? texts.output.less : texts.output.all(size(text))}
        </Button>
      )}
    </div>
  );
}

function beginning(text: string): string {
  const lines = text.trimEnd().split("\n", LINES + 1);
  const head = lines.length > LINES ? lines.slice(0, LINES).join("\n") : text;
  return head.slice(0, CHARACTERS);
}

function size(text: string): string {
  const lines = lineCount(text);
  return lines > LINES ? texts.output.lines(lines) : byteCount(new Blob([text]).size);
}
