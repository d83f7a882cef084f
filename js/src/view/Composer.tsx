import type { VNode } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { byteCount, sentences } from "../format";
import type { TaskModel } from "../model";
import { isFinal } from "../task";
import * as texts from "../texts";
import { add } from "../uploads";
import type { TaskStatus } from "../wire";
import { AttachedFiles } from "./AttachedFiles";
import { Button } from "./Button";
import { TrustContext, useUniqueId } from "./context";
import { Icon } from "./Icon";
import { useSend } from "./useSend";
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
  const { sending, slow, uploaded, error, send } = useSend(model, () => {
    setText("");
    setFiles([]);
  });
  const busy = sending || !heard;
  const ready = !busy && text.trim() !== "";

  const submit = (event: Event): void => {
    event.preventDefault();
    if (!ready || !trusts(event)) return;
    setRefused(null);
    send(text, files);
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
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const problem = refused ?? (error && sentences(error.message, error.hint, texts.composer.kept));
  const running = isFinal(status)
    ? texts.composer.hint
    : sentences(texts.composer.running, asks ? texts.composer.asking : null);
  const progress =
    uploaded < all ? texts.composer.uploading(byteCount(uploaded), byteCount(all)) : texts.composer.sending;
  const hint = !heard ? texts.composer.noKernel : slow ? texts.kernelBusy : sending ? progress : running;
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

/** Whether there is a kernel that answers. Once heard it counts as there: a view that moves has a new connection. */
function useHeard(model: TaskModel): boolean {
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const update = (): void => setHeard((before) => before || model.heard());
    update();
    return model.subscribe(update);
  }, [model]);
  return heard;
}
