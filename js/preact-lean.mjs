// Of Preact the bundle needs no rendering into a page that a server made, no suspending, no portals, no HTML from text,
// no components that are classes, no styles in a text and no events on their way down. What is published cannot do
// without, so the bundle takes Preact's sources. Types and tests use the package as is.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.resolve("preact"))));
const LIFE_OF_CLASSES = [
  /\b\w+\.(?:getDerivedStateFrom\w+|component(?:Did|Will)\w+|getSnapshotBeforeUpdate)\b(?!\()/g,
  "undefined",
];
/** A name that the browser has, too. */
const PARENT = [/\b_parent\b/g, "_above"];
/** What stands for what, by file; each has to be found. */
const LEANER = {
  "src/diff/index.js": [
    // Constants from here on: what depends on them goes.
    [/^(?=export function diff\()/m, "const isHydrating = false, excessDomChildren = null;\n"],
    [/^\t+(?:isHydrating|excessDomChildren),\n/gm, ""],
    [/^\t+(?:isHydrating = excessDomChildren = NULL|isHydrating = false|excessDomChildren = NULL);\n/gm, ""],
    [/excessDomChildren =\s+nodeType == 'textarea'[\s\S]*?;/, ""],
    [/^\tif \(\s+oldVNode\._flags & MODE_SUSPENDED[\s\S]*?\n\t\}\n/m, ""],
    [/if \(resumed\) resumed\.some\(removeNode\);/, ""],
    [/\b(?:newProps|vnode\.props)\._parentDom(?! =)/g, "undefined"],
    [/\bi == 'dangerouslySetInnerHTML'/g, "false"],
    [/\bnewHtml\b(?=\) \{)|\boldHtml\b(?=\) dom)/g, "false"],
    [/if \(\s+!skipRemove &&[\s\S]*?_excess[\s\S]*?\n\t\}\n/, ""],
    [/(?<=const isClassComponent = ).*/, "false;"],
    [/else if \(nodeType == 'math'\).*/, ""],
    [/if \(\s+nodeType == 'foreignObject' \|\|[\s\S]*?\n\t\t\t\}\n/, ""],
    [/\(nodeType == 'template' && dom\.content\) \|\| /, ""],
    LIFE_OF_CLASSES,
    PARENT,
  ],
  "src/diff/props.js": [
    [/name = name\.replace\(\/xlink.*/, ""],
    [/typeof (?:oldV|v)alue == 'string'/g, "false"],
    [/useCapture = name.*/, ""],
    [/, useCapture\)/g, ")"],
  ],
  "src/diff/catch-error.js": [LIFE_OF_CLASSES, PARENT],
  "src/create-element.js": [
    PARENT,
    // Classes, as build.mjs writes them.
    [
      /(?<=createElement\([\s\S]*?'function'\) ref = props\[i\];)/,
      'else if (i === "0") normalizedProps.class = props[i].replace(/(^| )-/g, "$1sigmic-");',
    ],
  ],
  "hooks/src/index.js": [PARENT],
  "src/diff/children.js": [
    PARENT,
    [/^\t+(?:isHydrating|excessDomChildren),\n/gm, ""],
    [/\bparentVNode\.props\._parentDom/g, "undefined"],
    [
      /^\twhile \(\s+\(oldDom = oldDom && oldDom\.nextSibling\)[\s\S]*?\);/m,
      "oldDom = oldDom && oldDom.nextSibling;",
    ],
    [/while \(next && next\.nodeType == 8\) next = next\.nextSibling;/, ""],
  ],
  "src/component.js": [
    PARENT,
    [/^\t+oldVNode\._flags & MODE_HYDRATE.*,\n/gm, ""],
    [/\bvnode\.props\._parentDom/g, "undefined"],
  ],
  "src/render.js": [
    [/let isHydrating = .*;/, ""],
    [/isHydrating \? NULL : /, ""],
    [/^\t+oldVNode\s+\? NULL\s+: parentDom\.firstChild[\s\S]*?: NULL,\n/m, ""],
    [/^\t+isHydrating,\n/m, ""],
  ],
};

export const preactLean = {
  name: "preact-lean",
  setup(build) {
    build.onResolve({ filter: /^preact$/ }, () => ({ path: join(ROOT, "src/index.js") }));
    build.onResolve({ filter: /^preact\/hooks$/ }, () => ({ path: join(ROOT, "hooks/src/index.js") }));
    for (const [name, changes] of Object.entries(LEANER)) {
      const path = join(ROOT, name);
      build.onLoad({ filter: new RegExp(`${name.replace(".", "\\.")}$`) }, async (file) => {
        if (file.path !== path) return undefined;
        const contents = changes.reduce(
          (code, [what, by]) => {
            if (code.search(what) < 0)
              throw new Error(`${path} has no ${what}: pin a version of preact that has it.`);
            return code.replace(what, by);
          },
          await readFile(path, "utf8"),
        );
        return { contents };
      });
    }
  },
};
