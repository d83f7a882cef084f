import type { Initialize, Render } from "@anywidget/types";
import { connect, type Replies } from "./model";
import { createMount } from "./view/mount";
import type { Traits } from "./wire";

/** Called once per widget: what its views share is made here, for some hosts share the module between widgets. */
export default (): { initialize: Initialize<Traits>; render: Render<Traits> } => {
  const replies: Replies = new Map();
  const mount = createMount();
  return {
    initialize({ model }) {
      const task = connect(model, replies);
      void task.greet();
      return () => task.close();
    },
    render: ({ model, el }) => mount(el, connect(model, replies)),
  };
};
