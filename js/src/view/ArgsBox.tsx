import type { RefObject, VNode } from "preact";
import { changedNames } from "../arguments";
import { indented } from "../canonical";
import { changes, unsigned } from "../lines";
import type { Sight } from "../sight";
import * as texts from "../texts";
import { ArgList } from "./ArgList";
import { Button } from "./Button";
import { CopyButton } from "./CopyButton";
import { scrolling } from "./context";
import { Lines } from "./Lines";
import { memo } from "./memo";
import type { Extent } from "./useExtent";

interface Props {
  sight: Sight;
  box: RefObject<HTMLDivElement | null>;
  extent: Extent | null;
  raw: boolean;
  onRaw: () => void;
  /** How much there is, and other ways to see it. */
  bar: boolean;
}

/** All arguments of a call. Long ones scroll in their own box, so that the buttons below stay in sight. */
export function ArgsBox({ sight, box, extent, raw, onRaw, bar }: Props): VNode {
  const { args, rows, characters, before } = sight;
  const changed = before ? changedNames(before.args, args).size : 0;
  return (
    <div class="sigmic-args">
      {bar && (
        <div class="sigmic-args__bar">
          <span>
            {texts.args.count(args.size, characters) + (changed > 0 ? texts.args.changed(changed) : "")}
          </span>
          {args.size > 0 && (
            <span class="sigmic-args__tools">
              {extent ? (
                <span class="sigmic-args__position">
                  {texts.args.position(extent.from, extent.to, extent.of)}
                </span>
              ) : (
                <CopyButton text={() => indented(args)} />
              )}
              <Button look="quiet" onClick={onRaw}>
                {raw ? texts.args.laidOut : texts.args.raw}
              </Button>
            </span>
          )}
        </div>
      )}
      <div ref={box} class="sigmic-args__scroll" {...(extent && scrolling(texts.args.label))}>
        {raw ? <Raw sight={sight} /> : <ArgList rows={rows} before={before?.args ?? null} />}
      </div>
    </div>
  );
}

const Raw = memo(({ sight: { args, before } }: { sight: Sight }): VNode => {
  const json = indented(args);
  return (
    <div class="sigmic-args__value sigmic-args__raw">
      {before ? (
        <Lines lines={changes(indented(before.args), json)} look="changed" />
      ) : (
        <Lines lines={unsigned(json)} look="plain" />
      )}
    </div>
  );
});
