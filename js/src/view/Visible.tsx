import type { VNode } from "preact";
import { pieces, token } from "../hidden";

interface Props {
  text: string;
  /** Running text: what shapes letters and emoji is left alone. */
  prose?: boolean;
}

/** A text with its hidden characters shown as tokens. */
export function Visible({ text, prose = false }: Props): VNode {
  return (
    <>
      {pieces(text, prose).map((piece) =>
        typeof piece === "string" ? piece : <span class="sigmic-token">{token(piece)}</span>,
      )}
    </>
  );
}
