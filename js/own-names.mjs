// Names of properties that nothing outside of the bundle knows, so that they can be shortened: they are declared neither
// by the browser, JavaScript, anywidget or the elements of JSX, nor by the contract with Python; and they stand in no
// text, so that no lookup by a value leads to them.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const WORD = /[\w$]+/g;
/** A property that is read, given, or taken out of an object. */
const PROPERTY = /(?<=[.{,])[a-z_][\w$]+\b/g;
/** A text that is one word, and what a text has a place for. */
const IN_TEXT = /(?<=["'`])[\w$]+(?=["'`])|(?<=\{)\w+(?=\})/g;
/** A group of texts, which esbuild finds in its module by this name. */
const GROUP = /(?<=^export const )\w+/gm;

export async function ownNames(code) {
  const declared = await Promise.all((await declarations()).map((path) => readFile(path, "utf8")));
  const files = (await readdir(join(here, "src/texts"))).map((name) => `texts/${name}`);
  const groups = await Promise.all(
    ["texts.ts", ...files].map((path) => readFile(join(here, "src", path), "utf8")),
  );
  const foreign = new Set([
    ...groups.flatMap((text) => text.match(GROUP)),
    ...declared.flatMap((text) => text.replace(COMMENT, "").match(WORD)),
    ...(code.match(IN_TEXT) ?? []),
  ]);
  return [...new Set(code.match(PROPERTY))].filter((name) => !foreign.has(name));
}

/** The files that declare what is not the bundle's own. */
async function declarations() {
  const [typescript] = (await readdir(join(modules, "@typescript"))).filter((name) =>
    /^typescript-/.test(name),
  );
  const library = join(modules, "@typescript", typescript, "lib");
  const names = (await readdir(library)).filter((name) => /^lib\.(?:dom|es)[\w.]*\.d\.ts$/.test(name));
  return [
    ...names.map((name) => join(library, name)),
    join(modules, "preact/src/dom.d.ts"),
    join(modules, "preact/src/jsx.d.ts"),
    join(modules, "@anywidget/types/dist/index.d.ts"),
    join(here, "src/replies.ts"),
    join(here, "src/wire.ts"),
    join(here, "src/browse/wire.ts"),
  ];
}
