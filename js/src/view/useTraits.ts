import { useEffect, useState } from "preact/hooks";
import type { Model } from "../model";

export function useTraits<T>(model: Model<T>): T {
  const [traits, setTraits] = useState(() => model.read());
  useEffect(() => {
    const update = (): void => setTraits(model.read());
    update();
    return model.subscribe(update);
  }, [model]);
  return traits;
}
