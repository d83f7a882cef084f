import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";

/** Whether there is a kernel that answers. Once heard it counts as there: a view that moves has a new connection. */
export function useHeard(model: Model<unknown>): boolean {
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const update = (): void => setHeard((before) => before || model.heard());
    update();
    return model.subscribe(update);
  }, [model]);
  return heard;
}
