import { render } from "preact";
import type { TaskModel } from "../model";
import type { Trusts } from "./context";
import { TaskView } from "./TaskView";

const byPerson: Trusts = (event) => event.isTrusted;

/** Shows the task in `el`; the returned function takes it away and closes the model. */
export function mount(el: HTMLElement, model: TaskModel, trusts: Trusts = byPerson): () => void {
  void model.greet();
  render(<TaskView model={model} trusts={trusts} />, el);
  return () => {
    render(null, el);
    model.close();
  };
}
