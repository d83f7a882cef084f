import { pathOf } from "./allowed.js";

/** What cannot be seen or turns the direction; joiners and selectors, which letters and emoji need, are left out. */
const HIDDEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Cs}\p{NChar}]/u;
/** What is left alone in running text: the line ends of other systems, the flags of England, Scotland and Wales. */
const HARMLESS = /\r\n|\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;

/** Texts with characters that should have been made visible. */
export function raw(root) {
  const found = [];
  const walk = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [hidden] = HIDDEN.exec(walk.currentNode.data.replaceAll(HARMLESS, "")) ?? [];
    if (hidden === undefined) continue;
    const code = hidden.codePointAt(0).toString(16).toUpperCase();
    found.push(`a hidden U+${code}: ${pathOf(walk.currentNode.parentElement)}`);
  }
  return [...new Set(found)];
}
