import type { Initialize, Render } from "@anywidget/types";
import { receiver } from "./delta";
import { connect, type Replies } from "./model";
import { createMount } from "./view/mount";
import type { Synced } from "./wire";

/** Called once per widget: what its views share is made here, for some hosts share the module between widgets. */
export default (): { initialize: Initialize<Synced>; render: Render<Synced> } => {
  const replies: Replies = new Map();
  const mount = createMount();
  return {
    initialize({ model }) {
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
    render: ({ model, el }) => mount(el, connect(model, replies)),
  };
};
