import type { ComponentChildren, VNode } from "preact";

/** JupyterLab looks at the focused element alone, too, before it takes a key for a shortcut. */
function keepKeys({ target }: FocusEvent): void {
  (target as Element).setAttribute("data-lm-suppress-shortcuts", "true");
}

/** What all that is ours stands in: its styles hold here, and the keys pressed here are no shortcuts of the host's. */
export function Root({ children }: { children: ComponentChildren }): VNode {
  return (
    <div class="sigmic" data-lm-suppress-shortcuts="true" onFocusIn={keepKeys}>
      {children}
    </div>
  );
}
