/** Files from the kernel, a piece after the other: its twin is sigmic_jupyter/widget/files/transfers.py. */
import type { TaskModel } from "./model";
import type { Problem } from "./wire";

/** Some browsers begin to read it only later. */
const REVOKE_MS = 60_000;

/** Fetches a file under a name for the download, and has the browser save it; `told` hears how far it is. */
export async function download(
  model: TaskModel,
  path: string,
  name: string,
  told: (note: string) => void,
): Promise<Problem | null> {
  let parts: DataView<ArrayBuffer>[] = [];
  for (let at = 0; ; ) {
    const reply = await model.send<"download">({ command: "download", path, download: name, at });
    if (!reply.ok) return reply.error;
    const { data, buffers = [] } = reply;
    // It begins anew: the service's answer had broken off.
    if (data.at === 0) parts = [];
    parts.push(...buffers);
    at = data.next;
    told(data.note);
    if (!data.ended) continue;
    save(parts, data.name);
    return null;
  }
}

/** As a type that no browser opens: a page that it opened would be one of ours. */
function save(parts: DataView<ArrayBuffer>[], name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MS);
}
