import type { AnyModel } from "@anywidget/types";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { connect } from "../model";
import type { Mount } from "../view/mount";
import type { Traits } from "../wire";

interface Props {
  /** "IPY_MODEL_…". */
  name: string;
  find: (name: string) => Promise<AnyModel<Traits> | null>;
  mount: Mount;
}

/** A task's own widget, live, in the place of the list; nothing where the page does not give its model. */
export function OpenedTask({ name, find, mount }: Props): VNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = find(name).then((model) => model && place.current && mount(place.current, connect(model)));
    return () => void shown.then((close) => close?.());
  }, []);
  return <div ref={place} />;
}
