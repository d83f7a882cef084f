import type { Initialize, Render } from "@anywidget/types";
import { connect } from "./model";
import { mount } from "./view/mount";
import type { Traits } from "./wire";

const initialize: Initialize<Traits> = ({ model }) => {
  const task = connect(model);
  void task.greet();
  return () => task.close();
};

const render: Render<Traits> = ({ model, el }) => mount(el, connect(model));

export default { initialize, render };
