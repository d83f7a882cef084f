import type { VNode } from "preact";
import { byteCount } from "../format";
import * as texts from "../texts";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { ROW_LIMIT, Visible } from "./Visible";

interface Props {
  files: { name: string; size?: number }[];
  /** Without it they are fixed. */
  onRemove?: (at: number) => void;
}

/** Files that go, or went, with a message. */
export function AttachedFiles({ files, onRemove }: Props): VNode | null {
  if (files.length === 0) return null;
  return (
    <ul class="sigmic-attached">
      {files.map(({ name, size }, at) => (
        <li key={name}>
          <Icon name="file" small />
          <span class="sigmic-attached__name">
            <Visible text={name} limit={ROW_LIMIT} />
          </span>
          {size !== undefined && <span class="sigmic-attached__size">{byteCount(size)}</span>}
          {onRemove && (
            <Button look="quiet" aria-label={texts.composer.remove(name)} onClick={() => onRemove(at)}>
              <Icon name="close" small />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
