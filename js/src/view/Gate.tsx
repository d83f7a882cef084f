import type { VNode } from "preact";
import { useContext } from "preact/hooks";
import * as texts from "../texts";
import { TrustContext } from "./context";

interface Props {
  id: string;
  characters: number;
  seen: boolean;
  onSee: (seen: boolean) => void;
}

/** Stands before approving what does not fit into its box. */
export function Gate({ id, characters, seen, onSee }: Props): VNode {
  const trusts = useContext(TrustContext);
  return (
    <label class="sigmic-approval__gate">
      <input
        class="sigmic-checkbox"
        type="checkbox"
        checked={seen}
        onClick={(event) => (trusts(event) ? onSee(event.currentTarget.checked) : event.preventDefault())}
      />
      <span id={id}>
        {texts.approval.seen(characters)}{" "}
        <span class="sigmic-approval__gate-hint">{texts.approval.orScroll}</span>
      </span>
    </label>
  );
}
