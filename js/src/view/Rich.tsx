import type { ComponentChild, VNode } from "preact";

interface Props {
  /** Words with places such as "{tool}". */
  text: string;
  values: { [name: string]: ComponentChild };
}

export function Rich({ text, values }: Props): VNode {
  return <>{text.split(/(\{\w+\})/).map((part) => values[part.slice(1, -1)] ?? part)}</>;
}
