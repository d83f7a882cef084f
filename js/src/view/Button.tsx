import type { ComponentProps, VNode } from "preact";

interface Props extends Omit<ComponentProps<"button">, "class"> {
  look?: "primary" | "quiet";
  class?: string;
}

export function Button({ look, class: extra, ...rest }: Props): VNode {
  const classes = ["sigmic-button", look && `sigmic-button--${look}`, extra].filter(Boolean).join(" ");
  return <button class={classes} type="button" {...rest} />;
}
