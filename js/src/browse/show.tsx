import type { AnyModel } from "@anywidget/types";
import { type ComponentProps, render } from "preact";
import { connect, type Replies } from "../model";
import { ClockContext, createClock } from "../view/context";
import { BrowseView } from "./BrowseView";
import type { BrowseTraits } from "./wire";

/** Shows the list of tasks in `el`; what it returns takes it away. */
export function showTasks(
  el: HTMLElement,
  list: AnyModel<BrowseTraits>,
  replies: Replies,
  opening: Omit<ComponentProps<typeof BrowseView>, "model">,
): () => void {
  const model = connect(list, replies, ["listed", "opened", "busy", "words"]);
  void model.greet();
  render(
    <ClockContext.Provider value={createClock(model.now)}>
      <BrowseView model={model} {...opening} />
    </ClockContext.Provider>,
    el,
  );
  return () => {
    render(null, el);
    model.close();
  };
}
