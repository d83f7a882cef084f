/**
 * What travels with every widget: it loads the front end, of which a page and a notebook have one copy for all widgets,
 * in a model of its own (see sigmic_jupyter/widget/bundle.py).
 */
import type { AnyModel, Initialize, Render } from "@anywidget/types";
import { type Find, find } from "./find";
import { uuid } from "./uuid";
import type { Bundle, Reply, Synced } from "./wire";

interface Widget {
  initialize: Initialize<Synced>;
  render: Render<Synced>;
}

/** The model that holds the bundle, as the host has it. */
interface Holder extends AnyModel<Bundle & Record<string, string>> {
  /** Set by the first widget that loads it. */
  loaded?: Promise<Loaded>;
}

interface Loaded {
  create: (find: Find) => Widget;
  css: string;
}

export default (): Widget => {
  let widget: Promise<[Widget, css: string]> | undefined;
  const load = (model: AnyModel<Synced>): Promise<[Widget, css: string]> => {
    widget ??= loaded(model).then(({ create, css }) => [create(find), css]);
    return widget;
  };
  return {
    initialize: async (context) => (await load(context.model))[0].initialize(context),
    async render(context) {
      const [{ render }, css] = await load(context.model);
      addStyle(context.el, css);
      return render(context);
    },
  };
};

async function loaded(model: AnyModel<Synced>): Promise<Loaded> {
  const holder: Holder | null = await find<Bundle & Record<string, string>>(
    model,
    model.get("_bundle"),
    "js",
  );
  if (holder === null) return evaluate(await ask(model));
  holder.loaded ??= evaluate({ js: holder.get("js"), css: holder.get("css") });
  return holder.loaded;
}

/** From the kernel, where the host does not let one widget see another. */
function ask(model: AnyModel<Synced>): Promise<Bundle> {
  return new Promise((resolve) => {
    const id = uuid();
    const onMessage = (message: Reply<"bundle">): void => {
      if (message.reply_to !== id || !message.ok) return;
      model.off("msg:custom", onMessage);
      resolve(message.data);
    };
    model.on("msg:custom", onMessage);
    model.send({ id, command: "bundle" });
  });
}

async function evaluate({ js, css }: Bundle): Promise<Loaded> {
  const address = URL.createObjectURL(new Blob([js], { type: "text/javascript" }));
  try {
    const { default: create } = (await import(address)) as { default: Loaded["create"] };
    return { create, css };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Once in each document or shadow tree. */
function addStyle(el: HTMLElement, css: string): void {
  const root = el.getRootNode();
  const place = root instanceof ShadowRoot ? root : document.head;
  const styles = Array.from(place.querySelectorAll("style[data-sigmic]"));
  if (styles.some((style) => style.textContent === css)) return;
  const style = document.createElement("style");
  style.dataset["sigmic"] = "";
  style.textContent = css;
  place.append(style);
}
