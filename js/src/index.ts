import type { AnyModel, Initialize, Render } from "@anywidget/types";
import { showTasks } from "./browse/show";
import type { BrowseTraits } from "./browse/wire";
import { receiver } from "./delta";
import type { Find } from "./find";
import { connect, type Replies } from "./model";
import { createMount } from "./view/mount";
import type { Synced, Traits } from "./wire";

/**
 * Called once per widget, that of a task or that of the list of tasks: what its views share is made here, for some
 * hosts share the module between widgets.
 */
export default (find: Find): { initialize: Initialize<Synced>; render: Render<Synced> } => {
  const replies: Replies = new Map();
  const mount = createMount();
  return {
    initialize({ model }) {
      if (listOf(model)) return undefined;
      const task = connect(model, replies);
      let asking = false;
      const resync = async (): Promise<void> => {
        if (asking) return;
        asking = true;
        await task.greet(model.get("_revision"));
        asking = false;
      };
      const onMessage = receiver(model, resync);
      model.on("msg:custom", onMessage);
      void resync();
      return () => {
        model.off("msg:custom", onMessage);
        task.close();
      };
    },
    render({ model, el }) {
      const list = listOf(model);
      if (list === null) return mount(el, connect(model, replies));
      return showTasks(el, list, replies, {
        mount: createMount(),
        find: (name) => find<Traits>(model, name, "task_id"),
      });
    },
  };
};

/** The model as that of the list, if it is its. */
function listOf(model: unknown): AnyModel<BrowseTraits> | null {
  const list = model as AnyModel<BrowseTraits>;
  return list.get("listed") ? list : null;
}
