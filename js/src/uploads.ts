/** What the service takes with a message: its twin is sigmic_jupyter/service/uploads.py. */
import type { TaskModel } from "./model";
import { problem } from "./problem";
import * as texts from "./texts";
import type { Problem } from "./wire";

const BYTES_PER_MB = 1024 * 1024;
const MOST_FILES = 20;
const LARGEST_FILE_MB = 50;
/** So much goes in one message to the kernel; servers drop connections that bring too much at once. */
const PIECE_BYTES = BYTES_PER_MB;

/** `files` with what of `more` can be sent with them, and why the rest cannot; null: all can. */
export function add(files: File[], more: Iterable<File>): [files: File[], refused: string | null] {
  const taken = [...files];
  let refused: string | null = null;
  for (const file of more) {
    const reason =
      taken.length >= MOST_FILES
        ? texts.composer.tooMany(MOST_FILES)
        : file.size > LARGEST_FILE_MB * BYTES_PER_MB
          ? texts.composer.tooLarge(file.name, LARGEST_FILE_MB)
          : taken.some(({ name }) => name === file.name) && texts.composer.twice(file.name);
    if (reason) refused = reason;
    else taken.push(file);
  }
  return [taken, refused];
}

/** Sends files to the kernel, a piece after the other; `told` hears how many bytes have arrived. */
export async function upload(
  model: TaskModel,
  id: string,
  files: File[],
  told: (bytes: number) => void,
): Promise<Problem | null> {
  let sent = 0;
  for (const file of files) {
    const { name, size } = file;
    let at = 0;
    do {
      const piece = await file
        .slice(at, at + PIECE_BYTES)
        .arrayBuffer()
        .catch(() => null);
      if (piece === null) return unreadable(name);
      const reply = await model.send<"upload">({ command: "upload", upload: id, name, size, at }, [piece]);
      if (!reply.ok) return reply.error;
      at += piece.byteLength;
      sent += piece.byteLength;
      told(sent);
      if (piece.byteLength === 0 && at < size) return unreadable(name);
    } while (at < size);
  }
  return null;
}

function unreadable(name: string): Problem {
  return problem("validation", texts.composer.unreadable(name), texts.composer.unreadableHint);
}
