import { render } from "preact";
import { act } from "preact/test-utils";
import { Markdown } from "../src/markdown";

/** What Markdown becomes, without the classes and attributes that the tests do not speak of. */
export function html(text: string, streaming = false): string {
  const el = document.createElement("div");
  act(() => render(<Markdown text={text} streaming={streaming} />, el));
  for (const decoration of el.querySelectorAll("svg, .sigmic-code__bar, button")) decoration.remove();
  for (const each of el.querySelectorAll("*")) {
    for (const { name } of Array.from(each.attributes)) {
      if (!["href", "start"].includes(name)) each.removeAttribute(name);
    }
  }
  return Array.from((el.firstElementChild as Element).children, (part) => part.innerHTML).join("");
}
