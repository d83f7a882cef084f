import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Card } from "../task";
import * as texts from "../texts";
import type { Traits } from "../wire";
import { Button } from "./Button";
import { useTrusted } from "./context";
import { HeaderMeta } from "./HeaderMeta";
import { Icon } from "./Icon";
import { Menu } from "./Menu";
import { isActive, Status } from "./Status";
import { Visible } from "./Visible";

/** More than fits into the widest line. */
const LINE_LIMIT = 1_000;

interface Props {
  traits: Traits;
  cards: Card[];
  stopping: boolean;
  onStop: () => void;
  detailsOpen: boolean;
  onDetails: () => void;
}

export function Header({ traits, cards, stopping, onStop, detailsOpen, onDetails }: Props): VNode {
  const [expanded, setExpanded] = useState(false);
  const stop = useTrusted(onStop);
  return (
    <header class="sigmic-header">
      <Status traits={traits} cards={cards} />
      <button
        class="sigmic-header__message"
        type="button"
        aria-expanded={expanded}
        onClick={() => setExpanded(!expanded)}
      >
        <Visible prose text={traits.message || traits.task_id} {...(expanded ? {} : { limit: LINE_LIMIT })} />
      </button>
      <HeaderMeta traits={traits} />
      <div class="sigmic-header__actions">
        {isActive(traits) && traits.task_id !== "" && (
          // Not `disabled`: the focus stays where it is.
          <Button
            class="sigmic-header__stop"
            aria-disabled={stopping}
            onClick={(event) => !stopping && stop(event)}
          >
            <Icon name="stop" small />
            {stopping ? texts.header.stopping : texts.header.stop}
          </Button>
        )}
        <Menu
          taskId={traits.task_id}
          answer={traits.content}
          detailsOpen={detailsOpen}
          onDetails={onDetails}
        />
      </div>
    </header>
  );
}
