import { render } from "preact";
import type { TaskModel } from "../model";
import type { Trusts } from "./context";
import { movable } from "./movable";
import { TaskView } from "./TaskView";

/** How long a view that was taken away waits for a new place. */
const RETURN_MS = 2_000;

const byPerson: Trusts = (event) => event.isTrusted;

interface View {
  /** Whether it has lost its place on the page. */
  isAway(): boolean;
  moveTo(el: HTMLElement, model: TaskModel): () => void;
}

/** Shows a task in `el`; what it returns takes the view away and closes the model. */
export type Mount = (el: HTMLElement, model: TaskModel) => () => void;

/**
 * Hosts make a view anew when a stored output is renewed. The new element then gets what was in the old one, and so
 * everything is as the reader left it. Of several views, those whose element was taken off the page go first, for their
 * places are filled again at once; then the first that was taken away.
 */
export function createMount(trusts: Trusts = byPerson): Mount {
  const views = new Map<View, string>();
  return (el, model) => {
    void model.greet();
    const taskId = model.read().task_id;
    const away = [...views].find(([view, shown]) => shown === taskId && view.isAway());
    const view =
      away?.[0] ??
      createView(trusts, (waits) => {
        views.delete(view);
        if (waits) views.set(view, taskId);
      });
    views.set(view, taskId);
    return view.moveTo(el, model);
  };
}

/** `onLeave` is told when the view was taken away, and again when it has found no new place. */
function createView(trusts: Trusts, onLeave: (waits: boolean) => void): View {
  const [root, giveBack, forget] = movable();
  let home: HTMLElement | null;
  let wasSeen: boolean;
  let close = (): void => undefined;
  let timer: ReturnType<typeof setTimeout>;
  return {
    // JupyterLab takes the old element off the page and keeps it; others take the view away.
    isAway: () => wasSeen && !home?.parentNode,
    moveTo(el, model) {
      clearTimeout(timer);
      close();
      close = model.close;
      home = el;
      wasSeen = false;
      el.append(root);
      render(<TaskView model={model} trusts={trusts} />, root);
      requestAnimationFrame(() => {
        wasSeen ||= root.isConnected;
        giveBack();
      });
      return () => {
        if (home !== el) return;
        home = null;
        wasSeen = true;
        close();
        root.remove();
        onLeave(true);
        timer = setTimeout(() => {
          render(null, root);
          forget();
          onLeave(false);
        }, RETURN_MS);
      };
    },
  };
}
