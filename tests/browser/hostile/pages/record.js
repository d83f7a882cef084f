// Shows records in documents of their own, as a viewer would that removes nothing from them.
import { marked } from "/marked.js";
import { foreign, MARKDOWN, RECORD } from "./allowed.js";
import { escaped, pageWatch } from "./layout.js";
import { offer } from "./steps.js";
import { raw } from "./text.js";

const stage = document.getElementById("stage");

/** Several records of HTML, one after the other. */
async function html(records) {
  const body = await bodyOf(records.join("\n"));
  const found = strays(body, RECORD);
  if (body.children.length !== records.length) found.push(`${body.children.length} elements for ${records.length} records`);
  for (const details of body.querySelectorAll("details")) details.open = true;
  return [...found, ...Array.from(body.children).flatMap((record) => escaped(record))];
}

/** A record of Markdown: the HTML that another renderer made of it, and what `marked` makes of it here. */
async function markdown(source, rendered) {
  const named = (name, found) => found.map((what) => `${name}: ${what}`);
  return [
    ...named("markdown-it", strays(await bodyOf(rendered), MARKDOWN)),
    ...named("marked", strays(await bodyOf(marked.parse(source)), MARKDOWN)),
  ];
}

/** The document as the browser reads it, with all the time that a script or an image would need. */
async function bodyOf(source) {
  const frame = document.createElement("iframe");
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><style>body { margin: 16px }</style><body>${source}`;
  const loaded = new Promise((resolve) => {
    frame.onload = resolve;
  });
  stage.replaceChildren(frame);
  await loaded;
  return frame.contentDocument.body;
}

/** What is not allowed, also after the document has been written and read once more. */
function strays(body, allowed) {
  const again = new DOMParser().parseFromString(body.innerHTML, "text/html").body;
  const changed = again.querySelectorAll("*").length - body.querySelectorAll("*").length;
  return [
    ...foreign(body, allowed),
    ...raw(body),
    ...foreign(again, allowed).map((what) => `when it is read again, ${what}`),
    ...comments(body).map((text) => `a comment: ${text}`),
    ...(changed === 0 ? [] : [`when it is read again, ${changed} more elements`]),
  ];
}

function comments(body) {
  const found = [];
  const walk = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  while (walk.nextNode()) found.push(walk.currentNode.data.slice(0, 80));
  return found;
}

offer({ html, markdown, changes: pageWatch() });
