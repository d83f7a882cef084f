import type { ComponentProps, VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Model } from "../model";
import { Button } from "../view/Button";
import { useNow } from "../view/context";
import { Icon } from "../view/Icon";
import { ProblemView } from "../view/ProblemView";
import { Root } from "../view/Root";
import { useHeard } from "../view/useHeard";
import { useTraits } from "../view/useTraits";
import { OpenedTask } from "./OpenedTask";
import { taskTable } from "./taskTable";
import type { BrowseTraits } from "./wire";

/** Ages are of minutes. */
const TICK_MS = 30_000;
/** So near the end of the list more is fetched, in px. */
const NEAR = 200;
/** So long after the last key the kernel is asked. */
const PAUSE_MS = 250;

type Field = HTMLInputElement | HTMLSelectElement;
type Fields = Iterable<Field> & [Field, Field];

interface Props extends Omit<ComponentProps<typeof OpenedTask>, "name"> {
  model: Model<BrowseTraits>;
}

/** The list of tasks, or the one that was opened from it. */
export function BrowseView({ model, ...opening }: Props): VNode {
  const { listed, opened, busy, words } = useTraits(model);
  const heard = useHeard(model);
  const now = Math.floor(useNow(true) / TICK_MS) * TICK_MS;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef<HTMLElement | null>(null);
  const acted = useRef(false);
  // In the view where a task was opened, the focus goes to the way back, and comes back with it; in others it stays.
  useEffect(() => {
    const button = pressed.current;
    if (acted.current) (opened ? button?.closest(".sigmic")?.querySelector("button") : button)?.focus();
    acted.current = false;
  }, [opened]);
  const more = (): void => void model.send<"more">({ command: "more", rows: listed.rows.length });
  const table = useMemo(
    () =>
      taskTable(words.columns, listed.rows, now, (id, button) => {
        pressed.current = button;
        acted.current = true;
        void model.send<"open">({ command: "open", task_id: id });
      }),
    [listed.rows, now],
  );
  const onScroll = ({ currentTarget: box }: { currentTarget: Element }): void => {
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (left < NEAR && listed.more && !busy && !listed.problem) more();
  };
  const onInput = ({ currentTarget }: { currentTarget: HTMLFieldSetElement }): void => {
    const [text, status] = currentTarget.elements as unknown as Fields;
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => model.send<"find">({ command: "find", text: text.value, status: status.value }),
      PAUSE_MS,
    );
  };
  return (
    <>
      <Root>
        {opened && (
          <nav>
            <Button
              look="quiet"
              onClick={() => {
                acted.current = true;
                void model.send<"back">({ command: "back" });
              }}
            >
              <Icon name="chevron" />
              {words.back}
            </Button>
            <code>{opened.code}</code>
          </nav>
        )}
        <fieldset class="sigmic-frame sigmic-tasks" disabled={!heard} hidden={!!opened} onInput={onInput}>
          <div>
            <h3>{words.title}</h3>
            <p>{listed.count}</p>
            <label>
              <Icon name="search" />
              {/* What a person has written stays; in another view it is what the kernel was told. */}
              <input type="search" placeholder={words.filter} defaultValue={listed.text} />
            </label>
            <select aria-label={words.status}>
              {words.statuses.map(([status, name]) => (
                <option value={status} selected={status === listed.status}>
                  {name}
                </option>
              ))}
            </select>
            <Button
              class="sigmic-button--icon"
              title={words.refresh}
              onClick={() => void model.send<"refresh">({ command: "refresh" })}
            >
              <Icon name={busy ? "running" : "retry"} />
            </Button>
          </div>
          {listed.problem && <ProblemView problem={listed.problem} />}
          <div onScroll={onScroll}>{table}</div>
          <div>
            <output>{heard ? listed.foot : words.no_kernel}</output>
            {listed.more && (
              <Button look="quiet" onClick={more}>
                {listed.more}
              </Button>
            )}
          </div>
        </fieldset>
      </Root>
      {opened && <OpenedTask key={opened.model} name={opened.model} {...opening} />}
    </>
  );
}
