import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { download } from "../downloads";
import { visible } from "../hidden";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import { uuid } from "../uuid";
import type { Artifact } from "../wire";
import { Button } from "./Button";
import { useTrusted } from "./context";
import { FilePreview } from "./FilePreview";
import { Icon, type IconName } from "./Icon";
import { JobNote } from "./JobNote";
import { useAsk, useJob } from "./useJob";
import { beginning, ROW_LIMIT, Visible } from "./Visible";

interface Props {
  model: TaskModel;
  file: Artifact;
  /** Whether there is a kernel that answers. */
  heard: boolean;
}

/** A file: what it is, what is in it, and how to get it. */
export function FileRow({ model, file, heard }: Props): VNode {
  const { path, about, view, modified_at } = file;
  const [open, setOpen] = useState(false);
  const [id] = useState(uuid);
  const fetching = useJob((say) => {
    say(texts.files.loading);
    return download(model, path, id, say);
  });
  const saving = useAsk<"save">(model, { command: "save", path }, texts.files.loading);
  const name = path.replace(/^(?:down|up)loads\//, "");
  const label = visible(beginning(name, ROW_LIMIT));
  const shown = open && heard;
  const action = (icon: IconName, text: string, onClick: () => void): VNode => (
    <Button
      look="quiet"
      class="sigmic-button--label-wide"
      title={text}
      aria-label={`${text}: ${label}`}
      onClick={useTrusted(onClick)}
    >
      <Icon name={icon} small />
      <span>{text}</span>
    </Button>
  );
  return (
    <li class="sigmic-file">
      <div class="sigmic-file__row">
        <button
          class="sigmic-file__name"
          type="button"
          aria-expanded={shown}
          aria-disabled={!heard}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" class="sigmic-disclosure" />
          <Icon name={view ?? "file"} />
          <span class="sigmic-file__path">
            <Visible text={name} limit={ROW_LIMIT} />
          </span>
          <span class="sigmic-file__facts">{about}</span>
        </button>
        <div class="sigmic-file__actions" hidden={!heard}>
          {fetching.busy
            ? action("close", texts.files.cancel, () => model.send<"drop">({ command: "drop", download: id }))
            : action("download", texts.files.download, fetching.run)}
          {action(saving.busy ? "running" : "save", texts.files.save, saving.run)}
        </div>
      </div>
      <JobNote job={fetching} />
      <JobNote job={saving} />
      {shown && <FilePreview key={modified_at} model={model} path={path} name={label} />}
    </li>
  );
}
