import { Component, type ComponentChild, type FunctionComponent, h } from "preact";

/** Renders `View` again only where a prop is not the same as before. */
export function memo<P extends object>(View: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before = this.props as { [name: string]: unknown };
      const after = next as { [name: string]: unknown };
      const names = Object.keys(after);
      return (
        names.length !== Object.keys(before).length || names.some((name) => before[name] !== after[name])
      );
    }

    override render(): ComponentChild {
      return h(View, this.props as P);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
