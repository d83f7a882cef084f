// Bundles the front end into ../sigmic_jupyter/static and holds it to a byte budget: it goes to every page and into
// saved notebooks, the loader with every widget.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { lexerOnly } from "./lexer-only.mjs";

const BUDGET_BYTES = { "loader.js": 2_048, "widget.js": 110_592, "widget.css": 32_768 };
const LONG_NAME = /^\s+([a-z]+[A-Z]\w*):/gm;
const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../sigmic_jupyter/static", import.meta.url));

const texts = await readFile(`${here}src/texts.ts`, "utf8");
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
await build({ ...shared, entryPoints: ["src/loader.ts"] });
await build({
  ...shared,
  entryPoints: [
    { in: "src/index.ts", out: "widget" },
    { in: "src/widget.css", out: "widget" },
  ],
  // Calls of `h` are shorter than those that TypeScript makes of JSX.
  tsconfigRaw: { compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" } },
  inject: ["jsx.mjs"],
  // The long names of texts stand in the bundle many times, and nothing of the browser's has such names.
  mangleProps: new RegExp(`^(?:${Array.from(texts.matchAll(LONG_NAME), ([, name]) => name).join("|")})$`),
  plugins: [lexerOnly],
});

for (const [name, budget] of Object.entries(BUDGET_BYTES)) {
  const bytes = await readFile(`${outdir}/${name}`);
  const zipped = gzipSync(bytes).length;
  console.log(`${name}: ${bytes.length} of ${budget} bytes (${zipped} gzipped)`);
  if (bytes.length > budget) {
    console.error(`${name} is ${bytes.length - budget} bytes over its budget.`);
    process.exitCode = 1;
  }
}
