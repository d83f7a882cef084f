import type { ComponentChildren, VNode } from "preact";
import { characterCount } from "../format";
import * as texts from "../texts";
import type { Problem, Traits } from "../wire";
import { CodeBlock } from "./CodeBlock";
import { useUniqueId } from "./context";
import { Icon, type IconName } from "./Icon";
import { Visible } from "./Visible";

interface FrameProps {
  icon: IconName;
  title: string;
  /** Red: it does not mend itself. */
  error?: boolean;
  children: ComponentChildren;
}

export function ProblemFrame({ icon, title, error = false, children }: FrameProps): VNode {
  const id = useUniqueId();
  return (
    <section
      class={`sigmic-problem${error ? " sigmic-problem--error" : ""}`}
      role="group"
      aria-labelledby={id}
    >
      <Icon name={icon} />
      <div class="sigmic-problem__body">
        <h3 class="sigmic-problem__title" id={id}>
          {title}
        </h3>
        {children}
      </div>
    </section>
  );
}

/** What happened, what was kept, and what to do. */
export function ProblemView({ problem, traits }: { problem: Problem; traits?: Traits }): VNode {
  const title = Object.hasOwn(texts.problemTitles, problem.kind)
    ? texts.problemTitles[problem.kind]
    : texts.problemTitles.internal;
  if (problem.kind === "authentication") {
    return (
      <ProblemFrame icon="key" title={title} error>
        <p class="sigmic-problem__text">
          <Visible prose text={answered(problem)} /> {texts.problem.setKey}
        </p>
        <CodeBlock text={texts.problem.setKeyCode} language="python" />
        <Facts kept={traits ? kept(traits) : ""} hint={null} />
      </ProblemFrame>
    );
  }
  const keptText =
    (traits && kept(traits)) || (problem.kind === "task_failed" ? texts.problem.keptNothing : "");
  return (
    <ProblemFrame icon={problem.kind === "connection" ? "offline" : "notice"} title={title} error>
      <pre
        class="sigmic-problem__message"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is long, and so the keyboard must reach it
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        <Visible prose text={problem.message} />
      </pre>
      <Facts kept={keptText} hint={problem.hint} />
    </ProblemFrame>
  );
}

function answered({ http_status, code, message }: Problem): string {
  const known = [http_status, code].filter((part) => part !== null).join(" ");
  return known === "" ? message : texts.problem.answered(known);
}

function kept({ content, timeline, artifacts }: Traits): string {
  return [
    content !== "" && texts.problem.keptAnswer(characterCount(content)),
    timeline.length > 0 && texts.problem.keptSteps(timeline.length),
    artifacts.length > 0 && texts.problem.keptFiles(artifacts.length),
  ]
    .filter(Boolean)
    .join(", ");
}

function Facts({ kept, hint }: { kept: string; hint: string | null }): VNode | null {
  if (kept === "" && !hint) return null;
  return (
    <dl class="sigmic-problem__facts">
      {kept !== "" && (
        <>
          <dt>{texts.problem.kept}</dt>
          <dd>{kept}</dd>
        </>
      )}
      {hint && (
        <>
          <dt>{texts.problem.todo}</dt>
          <dd>
            <Visible prose text={hint} />
          </dd>
        </>
      )}
    </dl>
  );
}
