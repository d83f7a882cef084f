import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TaskModel } from "../model";
import * as texts from "../texts";
import type { Preview } from "../wire";
import { JobNote } from "./JobNote";
import { Output } from "./Output";
import { Table } from "./Table";
import { useAsk } from "./useJob";
import { Visible } from "./Visible";

interface Props {
  model: TaskModel;
  path: string;
  /** What the reader knows it by, with hidden characters shown. */
  name: string;
}

/** What is in a file: text, the first rows of a table, or an image. */
export function FilePreview({ model, path, name }: Props): VNode {
  const [data, setData] = useState<Preview | null>(null);
  const looking = useAsk<"preview">(model, { command: "preview", path }, texts.files.loading, setData);
  useEffect(looking.run, []);
  return (
    <div class="sigmic-file__preview">
      {data?.kind === "text" && <Output text={data.text} label={name} />}
      {data?.kind === "table" && (
        <Table
          box="sigmic-file__grid"
          label={name}
          head={data.head}
          rows={data.rows}
          show={(cell) => <Visible text={cell} />}
          classes={data.numbers.map((isNumber) => (isNumber ? "sigmic-table__number" : ""))}
        />
      )}
      {data?.kind === "image" && (
        // Not by an object URL: that, opened in a tab of its own, would be a document of this page's origin, and an
        // SVG can have scripts.
        <img class="sigmic-file__image" src={`data:${data.media_type};base64,${data.base64}`} alt={name} />
      )}
      <JobNote job={looking} />
    </div>
  );
}
