import type { VNode } from "preact";
import { sentences } from "../format";
import * as texts from "../texts";
import { ProblemFrame } from "./ProblemView";
import type { CommandState } from "./useCommand";
import { Visible } from "./Visible";

/** What there is to say of Stop beyond its button. */
export function StopNotice({ stop }: { stop: CommandState<"cancel"> }): VNode | null {
  if (stop.error !== null) {
    return (
      <ProblemFrame icon="notice" title={texts.header.stopFailed} error>
        <p class="sigmic-problem__text">
          <Visible
            prose
            text={sentences(stop.error.message, stop.error.hint ?? texts.header.stopFailedHint)}
          />
        </p>
      </ProblemFrame>
    );
  }
  return stop.slow ? (
    <ProblemFrame icon="pending" title={texts.header.stopping}>
      <p class="sigmic-problem__text">{texts.kernelBusy}</p>
    </ProblemFrame>
  ) : null;
}
