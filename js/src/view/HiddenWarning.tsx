import type { VNode } from "preact";
import { type Hidden, token } from "../hidden";
import { texts } from "../texts";
import { Icon } from "./Icon";
import { Rich } from "./Rich";

/** How many characters of a call cannot be seen, and what they do. */
export function HiddenWarning({ hidden }: { hidden: Hidden[] }): VNode | null {
  const [first] = hidden;
  if (first === undefined) return null;
  const words = texts.approval.hidden;
  const count = hidden.length;
  const kinds = [...new Set(hidden.map(({ kind }) => kind))].map((kind) =>
    words.kinds[kind](count === 1 ? "s" : ""),
  );
  return (
    <p class="sigmic-approval__warning">
      <Icon name="hidden" />
      <span>
        <strong>{words.count(count)}</strong>
        <Rich
          text={words.shown(count)}
          values={{ token: <code class="sigmic-token">{token(first)}</code>, what: kinds.join(words.or) }}
        />
      </span>
    </p>
  );
}
