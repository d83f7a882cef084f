import type { VNode } from "preact";
import type { Look } from "../arguments";
import { chunked, type Line, merged, type Sign } from "../lines";
import { Visible } from "./Visible";

const FAR = "sigmic-lines__far";

/** With more of them they are no elements of their own. */
const MOST_LINES = 10_000;

const LINE_PX = 19;
const LINE_CHARACTERS = 100;
/** Spaces and tabs that end a line. */
const TRAILING = /(?<![ \t])([ \t]+)(?=\n|$)/;
const PIECES = /[\s\S]{1,20000}/gu;

const looks: { [K in Sign]: string } = { "-": "removed", "+": "added", "@": "place", "": "same" };

interface Props {
  lines: Line[];
  /** content: with numbers. edit: with signs before them. patch: the signs are in the text. changed: what was is struck. */
  look: Look | "changed";
}

/** All of a text. What is far from being seen is not laid out yet. */
export function Lines({ lines, look }: Props): VNode {
  const few = lines.length <= MOST_LINES;
  const alone = few && (look === "content" || look === "edit");
  const chunks = chunked(lines);
  return (
    <div class={`sigmic-lines--${look}`} style={{ "--gutter": `${String(lines.length).length}ch` }}>
      {chunks.map((chunk) => (
        <div
          {...(chunks.length > 1 && { class: FAR })}
          style={{ counterReset: `line ${chunk.at}`, ...height(chunk.lines.length) }}
        >
          {(alone ? chunk.lines : merged(chunk.lines)).map(({ sign, text }) => (
            <div class={`sigmic-line sigmic-line--${looks[sign]}`}>
              <Exact text={text} marked={few} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface ExactProps {
  text: string;
  /** Spaces at the end of a line are marked. */
  marked: boolean;
}

/** Every character of a text. */
function Exact({ text, marked }: ExactProps): VNode {
  const pieces = text.match(PIECES) ?? [];
  if (pieces.length > 1) {
    return (
      <>
        {pieces.map((piece, at) => (
          <div class={FAR} style={height(piece.length / LINE_CHARACTERS)}>
            <Exact text={piece} marked={marked && at === pieces.length - 1} />
          </div>
        ))}
      </>
    );
  }
  return (
    <>
      {(marked ? text.split(TRAILING) : [text]).map((part, index) =>
        index % 2 === 1 ? <span class="sigmic-lines__space">{part}</span> : <Visible text={part} />,
      )}
    </>
  );
}

/** Before it is known. */
function height(lines: number): { containIntrinsicBlockSize: string } {
  return { containIntrinsicBlockSize: `auto ${lines * LINE_PX}px` };
}
