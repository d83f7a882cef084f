// Bundles the front end into ../sigmic_jupyter/static and holds it to a byte budget: it goes to every page and into
// saved notebooks, the loader with every widget. All of the JavaScript may have 110 KB.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";
import { lexerOnly } from "./lexer-only.mjs";
import { ownNames } from "./own-names.mjs";
import { preactLean } from "./preact-lean.mjs";

const BUDGET_BYTES = { "loader.js": 1_410, "widget.js": 111_230, "widget.css": 40_960 };
const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../sigmic_jupyter/static", import.meta.url));

const shared = {
  absWorkingDir: here,
  outdir,
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  logLevel: "warning",
};
const widget = {
  ...shared,
  entryPoints: [
    { in: "src/index.ts", out: "widget" },
    { in: "src/widget.css", out: "widget" },
  ],
  // Calls of `h` are shorter than those that TypeScript makes of JSX.
  tsconfigRaw: { compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" } },
  inject: ["jsx.mjs"],
  plugins: [lexerOnly, preactLean],
};
await build({ ...shared, entryPoints: ["src/loader.ts"] });
const { outputFiles } = await build({ ...widget, write: false });
const names = await ownNames(outputFiles.find(({ path }) => path.endsWith(".js")).text);
await build({ ...widget, mangleProps: new RegExp(`^(?:${names.join("|")})$`) });
const script = `${outdir}/widget.js`;
const minified = async (code, compress = {}) =>
  (
    await minify(code, {
      module: true,
      ecma: 2020,
      // No function that is written as an expression is called with `new`, and no symbol is made a text.
      compress: { passes: 3, keep_fargs: false, unsafe_arrows: true, unsafe: true, ...compress },
    })
  ).code;
// Moving functions is worth it once all else is short.
const whole = await minified(await minified(await readFile(script, "utf8")), { hoist_funs: true });
// Classes are most of the attributes, and all begin alike: preact-lean.mjs has them read as they are written here.
const code = whole.replace(
  /\bclass:("[^"]*"|`[^`]*`)/g,
  (_, names) => `0:${names.replaceAll("sigmic-", "-")}`,
);
await writeFile(script, code);

for (const [name, budget] of Object.entries(BUDGET_BYTES)) {
  const bytes = await readFile(`${outdir}/${name}`);
  const zipped = gzipSync(bytes).length;
  console.log(`${name}: ${bytes.length} of ${budget} bytes (${zipped} gzipped)`);
  if (bytes.length > budget) {
    console.error(`${name} is ${bytes.length - budget} bytes over its budget.`);
    process.exitCode = 1;
  }
}
