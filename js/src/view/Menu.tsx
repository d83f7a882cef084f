import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import * as texts from "../texts";
import { useUniqueId } from "./context";
import { Icon } from "./Icon";
import { MenuItem } from "./MenuItem";
import { useMenuKeys } from "./useMenuKeys";
import { usePopover } from "./usePopover";

interface Props {
  taskId: string;
  answer: string;
  detailsOpen: boolean;
  onDetails: () => void;
}

export function Menu({ taskId, answer, detailsOpen, onDetails }: Props): VNode {
  const [open, setOpen] = useState(false);
  const id = useUniqueId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const close = (): void => setOpen(false);
  const closeAndReturn = (): void => {
    close();
    button.current?.focus({ preventScroll: true });
  };
  usePopover(open, button, menu, close);
  const onKeyDown = useMenuKeys(menu, close, closeAndReturn);
  return (
    <>
      <button
        ref={button}
        class="sigmic-button sigmic-button--icon"
        type="button"
        aria-label={texts.header.more}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div
          ref={menu}
          id={id}
          class="sigmic-menu"
          role="menu"
          aria-label={texts.header.more}
          popover="manual"
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          <MenuItem icon="copy" copies={taskId} onDone={closeAndReturn}>
            {texts.menu.copyId}
          </MenuItem>
          {answer !== "" && (
            <MenuItem icon="text" copies={answer} onDone={closeAndReturn}>
              {texts.menu.copyAnswer}
            </MenuItem>
          )}
          <MenuItem
            icon="details"
            onPick={() => {
              onDetails();
              closeAndReturn();
            }}
          >
            {detailsOpen ? texts.menu.hideDetails : texts.menu.showDetails}
          </MenuItem>
        </div>
      )}
    </>
  );
}
