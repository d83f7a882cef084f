import type { AnyModel } from "@anywidget/types";

// When a saved notebook is opened, models come to life in any order.
const TRIES = 40;
const PAUSE_MS = 50;

/**
 * Another model of the page by its name, "IPY_MODEL_…", once it has the property; null where the host has no such
 * models, or has lost this one.
 */
export type Find = <T extends object>(
  model: Pick<AnyModel, "widget_manager">,
  name: string,
  property: keyof T & string,
) => Promise<AnyModel<T> | null>;

export const find: Find = async ({ widget_manager }, name, property) => {
  const id = name.replace("IPY_MODEL_", "");
  for (let tried = 0; widget_manager && tried < TRIES; tried += 1) {
    try {
      const found = (await widget_manager.get_model(id)) as AnyModel;
      if (found.get(property)) return found as never;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return null;
};
