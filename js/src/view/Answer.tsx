import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Markdown } from "../markdown";
import { isFinal } from "../task";
import * as texts from "../texts";
import type { TaskStatus } from "../wire";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { memo } from "./memo";
import { useFollow } from "./useFollow";
import { useGrowing } from "./useGrowing";
import { useOverflow } from "./useOverflow";

interface Props {
  content: string;
  status: TaskStatus;
}

export const Answer = memo((props: Props): VNode | null =>
  props.content === "" ? null : <Box {...props} />,
);

function Box({ content, status }: Props): VNode {
  // Once it is long it stays so: a box that the reader has pulled open does not overflow any more.
  const [long, setLong] = useState(false);
  const [box, overflows] = useOverflow<HTMLDivElement>(long || content);
  if (overflows && !long) setLong(true);
  const running = !isFinal(status);
  const { behind, jump } = useFollow(box, content, running);
  useGrowing(box, content, running);
  const label = status === "failed" ? texts.answer.soFar : texts.answer.label;
  return (
    <div class="sigmic-answer" role="group" aria-label={label}>
      <div
        ref={box}
        class={`sigmic-answer__scroll${long ? " sigmic-answer__scroll--long" : ""}`}
        {...(long ? { tabIndex: 0, role: "group", "aria-label": label } : {})}
      >
        <Markdown text={content} streaming={running} />
      </div>
      {behind && (
        <Button class="sigmic-answer__jump" onClick={jump}>
          <Icon name="down" small />
          {texts.answer.jump}
        </Button>
      )}
    </div>
  );
}
