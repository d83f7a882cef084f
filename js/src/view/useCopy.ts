import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as texts from "../texts";
import { copyText } from "./clipboard";

const SHOWN_MS = 1_600;

/** Copies, and says for a moment how it went: null, "Copied", or what to do instead. */
export function useCopy(): [said: string | null, copy: (text: string) => void] {
  const [said, setSaid] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => () => clearTimeout(timer.current), []);
  const copy = (text: string): void => {
    void copyText(text).then((copied) => {
      setSaid(copied ? texts.copy.copied : texts.copy.failed);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setSaid(null), SHOWN_MS);
    });
  };
  return [said, copy];
}
