import { useEffect, useState } from "preact/hooks";
import type { TaskModel } from "../model";
import type { Traits } from "../wire";

export function useTraits(model: TaskModel): Traits {
  const [traits, setTraits] = useState(() => model.read());
  useEffect(() => {
    const update = (): void => setTraits(model.read());
    update();
    return model.subscribe(update);
  }, [model]);
  return traits;
}
