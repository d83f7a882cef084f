import { useEffect, useRef, useState } from "preact/hooks";
import type { TaskModel } from "../model";
import { upload } from "../uploads";
import { uuid } from "../uuid";
import type { Problem } from "../wire";
import { BUSY_AFTER_MS } from "./useCommand";

interface State {
  sending: boolean;
  /** No reply for a while: the kernel is running a cell. */
  slow: boolean;
  /** How many bytes of the files have arrived at the kernel. */
  uploaded: number;
  error: Problem | null;
}

const IDLE: State = { sending: false, slow: false, uploaded: 0, error: null };

/** Sends a message once at a time; `onSent` is called when the service has it. */
export function useSend(
  model: TaskModel,
  onSent: () => void,
): State & { send: (message: string, files: File[]) => void } {
  const [state, setState] = useState(IDLE);
  // Not state: the second click of a double click comes before the next render.
  const underWay = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = (changed: Partial<State>): void => setState((before) => ({ ...before, ...changed }));
  const wait = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => put({ slow: true }), BUSY_AFTER_MS);
  };

  const deliver = async (message: string, files: File[]): Promise<Problem | null> => {
    const id = files.length > 0 ? uuid() : null;
    const problem =
      id &&
      (await upload(model, id, files, (uploaded) => {
        put({ uploaded, slow: false });
        wait();
      }));
    if (problem) return problem;
    // From here on it is the service that takes its time.
    const reply = await model.send<"send">({ command: "send", message, upload: id });
    return reply.ok ? null : reply.error;
  };
  const send = async (message: string, files: File[]): Promise<void> => {
    if (underWay.current) return;
    underWay.current = true;
    setState({ ...IDLE, sending: true });
    wait();
    const error = await deliver(message, files);
    clearTimeout(timer.current);
    underWay.current = false;
    setState({ ...IDLE, error });
    if (!error) onSent();
  };
  return { ...state, send: (message, files) => void send(message, files) };
}
