import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { grouped } from "../format";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import type { Artifact } from "../wire";
import { Button } from "./Button";
import { FileRow } from "./FileRow";
import { Icon } from "./Icon";
import { JobNote } from "./JobNote";
import { memo } from "./memo";
import { useHeard } from "./useHeard";
import { useAsk } from "./useJob";

/** More are listed when they are asked for. */
const FIRST = 20;

interface Props {
  model: TaskModel;
  files: Artifact[];
  /** Why the newest list could not be had. */
  error: string | null;
}

/** The files of a task: what the agent made, then what was uploaded. */
export const Files = memo(({ model, files, error }: Props): VNode | null => {
  const heard = useHeard(model);
  const listing = useAsk<"refresh">(model, { command: "refresh" }, null);
  if (files.length === 0 && !error) return null;
  const isUpload = ({ path }: Artifact): boolean => path.startsWith("uploads/");
  return (
    <section class="sigmic-files" role="group" aria-label={texts.files.label}>
      <h3 class="sigmic-files__title">
        {texts.files.label}
        <span class="sigmic-files__count">{grouped(files.length)}</span>
        <Button
          class="sigmic-button--icon"
          aria-label={texts.files.list}
          title={texts.files.list}
          hidden={!heard}
          onClick={listing.run}
        >
          <Icon name={listing.busy ? "running" : "retry"} small />
        </Button>
      </h3>
      <JobNote job={{ ...listing, said: listing.said ?? error }} />
      {[false, true].map((each) => (
        <Group
          key={each}
          title={each && texts.files.uploaded}
          files={files.filter((file) => isUpload(file) === each)}
          model={model}
          heard={heard}
        />
      ))}
    </section>
  );
});

interface GroupProps {
  title: string | false;
  files: Artifact[];
  model: TaskModel;
  heard: boolean;
}

function Group({ title, files, ...rest }: GroupProps): VNode | null {
  const [most, setMost] = useState(FIRST);
  const count = files.length;
  if (count === 0) return null;
  return (
    <>
      {title && <h4 class="sigmic-files__group">{title}</h4>}
      <ul class="sigmic-files__list">
        {files.slice(0, most).map((file) => (
          <FileRow key={file.path} file={file} {...rest} />
        ))}
      </ul>
      {count > most && (
        <Button look="quiet" class="sigmic-files__more" onClick={() => setMost(count)}>
          {texts.output.all(grouped(count))}
        </Button>
      )}
    </>
  );
}
