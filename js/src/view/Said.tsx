import type { VNode } from "preact";
import { clockTime } from "../format";
import * as texts from "../texts";
import type { Message } from "../wire";
import { AttachedFiles } from "./AttachedFiles";
import { reachable } from "./context";
import { Icon } from "./Icon";
import { Visible } from "./Visible";

/** Longer than this it may scroll in a narrow view. */
const ROOM = 250;

/** A message of the user's, above the turn that it began. */
export function Said({ message: { content, created_at, files, waits } }: { message: Message }): VNode {
  return (
    <div class="sigmic-said" role="group" aria-label={texts.composer.message}>
      <Icon name="message" />
      <div>
        <p class="sigmic-said__text" {...reachable(content, ROOM)}>
          <Visible prose text={content} />
        </p>
        <AttachedFiles files={files.map((name) => ({ name }))} />
      </div>
      <span class="sigmic-said__at">{waits ? texts.composer.waits : clockTime(created_at)}</span>
    </div>
  );
}
