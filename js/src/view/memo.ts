import { type Component, type FunctionComponent, h, type VNode } from "preact";

/** Renders `View` again only where a prop is not the same as before. */
export function memo<P extends object>(View: FunctionComponent<P>): FunctionComponent<P> {
  function Memo(this: Component<P>, props: P): VNode {
    this.shouldComponentUpdate ??= (next) => differ(this.props, next);
    return h(View, props) as VNode;
  }
  return Memo as FunctionComponent<P>;
}

function differ(before: { [name: string]: unknown }, after: { [name: string]: unknown }): boolean {
  const names = Object.keys(after);
  return names.length !== Object.keys(before).length || names.some((name) => before[name] !== after[name]);
}
