/** Takes in what the kernel tells of a changed state: its twin is sigmic_jupyter/widget/delta.py. */
import type { AnyModel } from "@anywidget/types";
import type { Delta, Patch, Synced } from "./wire";

type Values = { [name: string]: unknown };

// The only state of a module: it is a fact about texts, and holds for whoever asks.
let from = "";
let more = "";
let to = "";

/** What `now` has more than `before`, if it was the last to be told: neither of them is looked at, however long. */
export function appended(before: string, now: string): string | null {
  return before === from && now === to ? more : null;
}

/**
 * A handler of messages that keeps the model's traits up with the kernel, without sending anything back. What the model
 * has already is ignored; where something is missing, `resync` is called to get the whole state.
 */
export function receiver(model: AnyModel<Synced>, resync: () => void): (message: unknown) => void {
  return (message) => {
    const { delta } = (message ?? {}) as { delta?: Delta };
    if (delta === undefined) return;
    const here = model.get("_revision");
    if (here >= delta.to) return;
    const changed = here === delta.from ? changes((name) => model.get(name as keyof Synced), delta) : null;
    if (changed === null) return resync();
    for (const [name, value] of Object.entries({ ...changed, _revision: delta.to })) {
      model.set(name as keyof Synced, value as never);
    }
  };
}

/** The new values by name, or null where the delta does not fit the old ones. */
function changes(get: (name: string) => unknown, delta: Delta): Values | null {
  const values = patched(get, delta);
  for (const [name, { length, changed }] of Object.entries(delta.rows ?? {})) {
    const before = get(name);
    if (values === null || !Array.isArray(before)) return null;
    const rows = before.slice(0, length);
    for (const change of changed) {
      const old = rows[change.at];
      const row = "row" in change ? change.row : isNested(old) && patched((field) => old[field], change);
      if (!row) return null;
      rows[change.at] = "row" in change ? row : { ...old, ...row };
    }
    // A hole is a row that nobody told.
    if (rows.length !== length || rows.includes(undefined)) return null;
    values[name] = rows;
  }
  return values;
}

function patched(get: (name: string) => unknown, { set, text }: Patch): Values | null {
  const values: Values = { ...set };
  for (const [name, [at, added]] of Object.entries(text ?? {})) {
    const before = get(name);
    if (typeof before !== "string" || before.length < at) return null;
    from = before.slice(0, at);
    more = added;
    values[name] = to = from + more;
  }
  return values;
}

function isNested(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
