/** Stands in for the kernel and for the widget manager between. */
export class Model {
  #traits;
  #replies;
  #refusal;
  #listeners = new Map();

  /** `replies`: a command's data; to what is not in it the kernel answers with `refusal`. */
  constructor(traits, replies, refusal) {
    this.#traits = { ...traits, _revision: 0, _bundle: "" };
    this.#replies = { hello: { now: "2026-01-26T15:52:00.000Z" }, ...replies };
    this.#refusal = refusal;
  }

  get(name) {
    return this.#traits[name];
  }

  set(name, value) {
    this.#traits[name] = value;
    this.#emit(`change:${name}`);
  }

  save_changes() {}

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    const kept = (this.#listeners.get(event) ?? []).filter((each) => each !== listener);
    this.#listeners.set(event, kept);
  }

  send({ id, command }) {
    const reply = Object.hasOwn(this.#replies, command)
      ? { reply_to: id, ok: true, data: this.#replies[command] }
      : { reply_to: id, ok: false, error: this.#refusal };
    setTimeout(() => this.#emit("msg:custom", reply));
  }

  #emit(event, ...values) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...values);
  }
}
