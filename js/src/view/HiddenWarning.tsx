import type { VNode } from "preact";
import { type Hidden, token } from "../hidden";
import * as texts from "../texts";
import { Icon } from "./Icon";
import { Rich } from "./Rich";

/** How many characters of a call cannot be seen, and what they do. */
export function HiddenWarning({ hidden }: { hidden: Hidden[] }): VNode | null {
  const [first] = hidden;
  if (first === undefined) return null;
  const count = hidden.length;
  const kinds = [...new Set(hidden.map(({ kind }) => kind))].map((kind) =>
    texts.hiddenKinds[kind](count === 1 ? "s" : ""),
  );
  return (
    <p class="sigmic-approval__warning">
      <Icon name="hidden" />
      <span>
        <strong>{texts.hidden.count(count)}</strong>
        <Rich
          text={texts.hidden.shown(count)}
          values={{
            token: <code class="sigmic-token">{token(first)}</code>,
            what: kinds.join(texts.hidden.or),
          }}
        />
      </span>
    </p>
  );
}
