import type { ComponentChild, VNode } from "preact";
import { useEffect } from "preact/hooks";
import { dateTime } from "../format";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import type { Details as DetailsData, Traits } from "../wire";
import { useCommand } from "./useCommand";
import { Visible } from "./Visible";

/** All fields of the task: those that are traits at once, the others when the kernel has told. */
export function Details({ model, traits }: { model: TaskModel; traits: Traits }): VNode {
  const request = useCommand<"details">(model, { command: "details" });
  useEffect(() => request.run(), []);
  const rows: [string, ComponentChild][] = [
    [
      texts.details.task,
      <code key="task">
        <Visible text={traits.task_id} />
      </code>,
    ],
    ...(request.data === null ? [] : identity(request.data)),
    [texts.details.created, dateTime(traits.created_at)],
    [texts.details.started, dateTime(traits.started_at)],
    [texts.details.completed, dateTime(traits.completed_at)],
    [texts.details.updated, dateTime(traits.updated_at)],
    ...(request.data === null ? [] : settings(request.data)),
  ];
  return (
    <section class="sigmic-details" aria-label={texts.details.label}>
      <dl>
        {rows.map(([name, value]) => {
          if (value === null || value === "") return null;
          return (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          );
        })}
      </dl>
      {request.phase === "sending" && <p>{request.slow ? texts.kernelBusy : texts.details.loading}</p>}
      {request.error && (
        <p>
          <Visible prose text={texts.details.failed + request.error.message} />
        </p>
      )}
    </section>
  );
}

function identity(data: DetailsData): [string, ComponentChild][] {
  const code = (value: string | null): ComponentChild =>
    value && (
      <code>
        <Visible text={value} />
      </code>
    );
  return [
    [texts.details.session, code(data.session_id)],
    [texts.details.conversation, code(data.conversation_id)],
    [texts.details.user, data.username && <Visible text={data.username} />],
  ];
}

function settings(data: DetailsData): [string, ComponentChild][] {
  const either = (value: boolean | null, yes: string, no: string): string | null =>
    value === null ? null : value ? yes : no;
  return [
    [texts.details.tools, either(data.auto_execute, texts.details.toolsAlone, texts.details.toolsAsked)],
    [texts.details.history, either(data.show_in_history, texts.details.shown, texts.details.hidden)],
    [
      texts.details.systemPrompt,
      data.system_prompt && (
        <span class="sigmic-details__text">
          <Visible prose text={data.system_prompt} />
        </span>
      ),
    ],
    [texts.details.env, names(data.env, "")],
    [texts.details.secrets, names(data.secrets, texts.details.masked)],
  ];
}

function names(list: string[], remark: string): ComponentChild {
  if (list.length === 0) return null;
  return (
    <>
      {list.map((name, index) => (
        <>
          {index > 0 && ", "}
          <code>
            <Visible text={name} />
          </code>
        </>
      ))}
      {remark}
    </>
  );
}
