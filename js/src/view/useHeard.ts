import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";

/** Whether there is a kernel that answers, by the newest that is known: a view that moves has a new connection. */
export function useHeard(model: Model<unknown>): boolean {
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const update = (): void => setHeard((before) => model.heard() ?? before);
    update();
    return model.subscribe(update);
  }, [model]);
  return heard;
}
