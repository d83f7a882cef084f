// Shows the built widget in one of the states of states.js, with a model that stands in for the kernel:
//   npm run build && python -m http.server --bind 127.0.0.1 --directory ..   then open /js/dev/
import createWidget from "../../sigmic_jupyter/static/widget.js";
import { pieces, preview } from "./files.js";
import { details, states } from "./states.js";

class FakeModel {
  #traits;
  #listeners = new Map();

  constructor(traits) {
    this.#traits = traits;
  }

  get(name) {
    return this.#traits[name];
  }

  set(name, value) {
    this.#traits[name] = value;
    this.#emit(`change:${name}`);
  }

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    const kept = (this.#listeners.get(event) ?? []).filter((each) => each !== listener);
    this.#listeners.set(event, kept);
  }

  /** The kernel answers; a decision it takes, and then has no news. */
  send({ id, command, path, at }) {
    const answers = {
      hello: { now: new Date().toISOString() },
      details,
      preview: preview(path),
      download: pieces(path, at),
      save: { note: "Saved as it is called in ~/analysis" },
    };
    const data = answers[command] ?? null;
    const buffers = command === "download" ? [new DataView(new ArrayBuffer(data.next - data.at))] : [];
    setTimeout(() => this.#emit("msg:custom", { reply_to: id, ok: true, data }, buffers), 300);
  }

  #emit(event, ...values) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...values);
  }
}

const asked = new URLSearchParams(location.search);
const name = asked.get("state") ?? "running";
document.documentElement.dataset.theme = asked.get("theme") ?? "light";
for (const state of Object.keys(states)) {
  const link = document.createElement("a");
  link.href = `?${new URLSearchParams({ ...Object.fromEntries(asked), state })}`;
  link.textContent = state;
  document.getElementById("states").append(link);
}

const { next = {}, ...traits } = await states[name]();
const model = new FakeModel(traits);
const widget = createWidget();
widget.initialize({ model });
widget.render({ model, el: document.getElementById("view") });
window.model = model;
setTimeout(() => {
  for (const [trait, value] of Object.entries(next)) model.set(trait, value);
}, 600);
