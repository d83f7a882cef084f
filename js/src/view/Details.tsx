import type { ComponentChild, VNode } from "preact";
import { useEffect } from "preact/hooks";
import { dateTime } from "../format";
import type { TaskModel } from "../model";
import { texts } from "../texts";
import type { Details as DetailsData, Traits } from "../wire";
import { useCommand } from "./useCommand";
import { Visible } from "./Visible";

/** All fields of the task: those that are traits at once, the others when the kernel has told. */
export function Details({ model, traits }: { model: TaskModel; traits: Traits }): VNode {
  const words = texts.details;
  const request = useCommand<"details">(model, { command: "details" });
  useEffect(() => request.run(), []);
  const rows: [string, ComponentChild][] = [
    [
      words.task,
      <code key="task">
        <Visible text={traits.task_id} />
      </code>,
    ],
    ...(request.data === null ? [] : identity(request.data)),
    [words.created, dateTime(traits.created_at)],
    [words.started, dateTime(traits.started_at)],
    [words.completed, dateTime(traits.completed_at)],
    [words.updated, dateTime(traits.updated_at)],
    ...(request.data === null ? [] : settings(request.data)),
  ];
  return (
    <section class="sigmic-details" aria-label={words.label}>
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
      {request.phase === "sending" && <p>{request.slow ? texts.kernelBusy : words.loading}</p>}
      {request.error && (
        <p>
          <Visible prose text={words.failed + request.error.message} />
        </p>
      )}
    </section>
  );
}

function identity(data: DetailsData): [string, ComponentChild][] {
  const { session, conversation, user } = texts.details;
  const code = (value: string | null): ComponentChild =>
    value && (
      <code>
        <Visible text={value} />
      </code>
    );
  return [
    [session, code(data.session_id)],
    [conversation, code(data.conversation_id)],
    [user, data.username && <Visible text={data.username} />],
  ];
}

function settings(data: DetailsData): [string, ComponentChild][] {
  const words = texts.details;
  const either = (value: boolean | null, yes: string, no: string): string | null =>
    value === null ? null : value ? yes : no;
  return [
    [words.tools, either(data.auto_execute, words.toolsAlone, words.toolsAsked)],
    [words.history, either(data.show_in_history, words.shown, words.hidden)],
    [
      words.systemPrompt,
      data.system_prompt && (
        <span class="sigmic-details__text">
          <Visible prose text={data.system_prompt} />
        </span>
      ),
    ],
    [words.env, names(data.env, "")],
    [words.secrets, names(data.secrets, words.masked)],
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
