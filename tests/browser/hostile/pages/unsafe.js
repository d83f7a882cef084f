// Makes elements of a text, as nobody should, to see that each check finds what it is there for.
import { foreign, VIEW } from "./allowed.js";
import { cut, disturbed, escaped, pageWatch } from "./layout.js";
import { offer } from "./steps.js";
import { raw } from "./text.js";

const stage = document.getElementById("stage");
// As long as an image takes to fail, and a script to run.
const WAIT_MS = 200;

async function show(html) {
  const changes = pageWatch();
  stage.innerHTML = `<div class="sigmic">${html}</div>`;
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const view = stage.firstElementChild;
  const layout = [...escaped(view), ...cut(view), ...disturbed(view, /^Approve once$/)];
  return [...foreign(stage, VIEW), ...raw(view), ...layout, ...changes()];
}

offer({ show });
