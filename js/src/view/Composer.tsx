import type { VNode } from "preact";
import { useContext, useRef, useState } from "preact/hooks";
import { byteCount, sentences } from "../format";
import type { TaskModel } from "../model";
import { isFinal } from "../task";
import * as texts from "../texts";
import { add, upload } from "../uploads";
import { uuid } from "../uuid";
import type { TaskStatus } from "../wire";
import { AttachedFiles } from "./AttachedFiles";
import { Button } from "./Button";
import { TrustContext, useUniqueId } from "./context";
import { Icon } from "./Icon";
import { useHeard } from "./useHeard";
import { useJob } from "./useJob";
import { Visible } from "./Visible";

const MOST_ROWS = 8;

interface Props {
  model: TaskModel;
  status: TaskStatus;
  /** Whether calls wait for the reader. */
  asks: boolean;
}

/** Another message to the same session. What is written stays until the service has it. */
export function Composer({ model, status, asks }: Props): VNode {
  const heard = useHeard(model);
  const hintId = useUniqueId();
  const trusts = useContext(TrustContext);
  const chooser = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<File[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const progress = (bytes: number): string =>
    bytes < all ? texts.composer.uploading(byteCount(bytes), byteCount(all)) : texts.composer.sending;
  const {
    busy: sending,
    said,
    run: send,
  } = useJob(async (say) => {
    const id = files.length > 0 ? uuid() : null;
    if (id) say(progress(0));
    const problem = id && (await upload(model, id, files, (bytes) => say(progress(bytes))));
    if (problem) return problem;
    const reply = await model.send<"send">({ command: "send", message: text, upload: id });
    if (!reply.ok) return reply.error;
    setText("");
    setFiles([]);
    return null;
  });
  const busy = sending || !heard;
  const ready = !busy && text.trim() !== "";

  const submit = (event: Event): void => {
    event.preventDefault();
    if (!ready || !trusts(event)) return;
    setRefused(null);
    send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a word is being composed, Enter chooses among proposals.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  const onFiles = (event: Event, more: Iterable<File>): void => {
    if (busy || !trusts(event)) return;
    const [taken, why] = add(files, more);
    setFiles(taken);
    setRefused(why);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    onFiles(event, event.dataTransfer?.files ?? []);
  };
  const onDrag = (event: DragEvent): void => {
    if (busy || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  };
  const problem = refused ?? (!sending && said && sentences(said, texts.composer.kept));
  const running = isFinal(status)
    ? texts.composer.hint
    : sentences(texts.composer.running, asks ? texts.composer.asking : null);
  const hint = !heard ? texts.composer.noKernel : sending ? (said ?? texts.composer.sending) : running;
  return (
    // No form: a script can have one submitted as if a person did.
    <div
      class="sigmic-composer"
      role="group"
      aria-label={texts.composer.label}
      aria-busy={sending}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div class={`sigmic-composer__field${over ? " sigmic-composer__field--over" : ""}`}>
        <textarea
          class="sigmic-composer__text"
          autocomplete="off"
          rows={Math.min(MOST_ROWS, text.split("\n").length)}
          aria-label={texts.composer.label}
          aria-describedby={hintId}
          placeholder={texts.composer.placeholder}
          value={text}
          disabled={!heard}
          readOnly={sending}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
          // JupyterLab takes the new line of Shift+Enter for one in a cell that is about to run.
          onBeforeInput={(event) => event.stopImmediatePropagation()}
        />
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            onFiles(event, event.currentTarget.files ?? []);
            // The same file can be chosen again.
            event.currentTarget.value = "";
          }}
        />
        <Button
          class="sigmic-button--icon"
          aria-label={texts.composer.attach}
          title={texts.composer.attach}
          aria-disabled={busy}
          onClick={(event) => !busy && trusts(event) && chooser.current?.click()}
        >
          <Icon name="attach" />
        </Button>
        <Button look="primary" aria-disabled={!ready} onClick={submit}>
          <Icon name={sending ? "running" : "send"} small />
          {sending ? texts.composer.sending : texts.composer.send}
        </Button>
      </div>
      <AttachedFiles
        files={files}
        {...(!busy && { onRemove: (at) => setFiles(files.filter((_, index) => index !== at)) })}
      />
      {problem && (
        <p class="sigmic-composer__problem" role="alert">
          <Visible prose text={problem} />
        </p>
      )}
      <p class="sigmic-composer__hint" id={hintId}>
        {hint}
      </p>
    </div>
  );
}
