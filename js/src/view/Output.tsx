import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { byteCount, lineCount } from "../format";
import * as texts from "../texts";
import { Button } from "./Button";
import { scrolling } from "./context";
import { beginning, Visible } from "./Visible";

const LINES = 15;
/** So long a part of one line is still quick to lay out. */
const CHARACTERS = 4_000;

interface Props {
  text: string;
  label?: string;
}

/** What a tool put out, or a file has: its beginning, and all of it where there is more. */
export function Output({ text, label = texts.output.label }: Props): VNode {
  const [all, setAll] = useState(false);
  const output = text.replaceAll("\r\n", "\n");
  const head = firstLines(output);
  const more = head.length < output.length;
  return (
    <div class="sigmic-output">
      <pre
        class={all ? "sigmic-output__text sigmic-output__text--all" : "sigmic-output__text"}
        {...scrolling(label)}
      >
        <Visible text={all ? output : head} />
      </pre>
      {more && (
        <Button look="quiet" class="sigmic-output__more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? texts.output.less : texts.output.all(size(output))}
        </Button>
      )}
    </div>
  );
}

function firstLines(text: string): string {
  const lines = text.trimEnd().split("\n", LINES + 1);
  const head = lines.length > LINES ? lines.slice(0, LINES).join("\n") : text;
  return beginning(head, CHARACTERS);
}

function size(text: string): string {
  const lines = lineCount(text);
  return lines > LINES ? texts.output.lines(lines) : byteCount(new Blob([text]).size);
}
