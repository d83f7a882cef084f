import type { VNode } from "preact";
import { pieces, token, visible } from "../hidden";

interface Props {
  text: string;
  /** Running text: what shapes letters and emoji is left alone. */
  prose?: boolean;
  /** For one line: so many UTF-16 units are shown. */
  limit?: number;
}

/** In a longer one kerning lets the browser lay out all of it again for each of its lines, for minutes. */
const LONGEST_WORD = 1_000;
/** More would be too many elements. */
const MOST_TOKENS = 1_000;

/** A text with its hidden characters shown as tokens. */
export function Visible({ text, prose = false, limit = Infinity }: Props): VNode {
  const head = beginning(text, limit);
  const shown = pieces(head, prose);
  const made = (
    <>
      {shown.length > 2 * MOST_TOKENS
        ? visible(head, prose)
        : shown.map((piece) =>
            typeof piece === "string" ? piece : <span class="sigmic-token">{token(piece)}</span>,
          )}
      {head.length < text.length && "…"}
    </>
  );
  return head.split(/\s/).some((word) => word.length > LONGEST_WORD) ? (
    <span class="sigmic-long">{made}</span>
  ) : (
    made
  );
}

/** So much of a text, without a half of the next character. */
export function beginning(text: string, limit: number): string {
  return text.length > limit ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, "") : text;
}

/** Of a name or a hint, more than fits into a row. */
export const ROW_LIMIT = 300;
