// Bundles the front end into ../sigmic_jupyter/static and holds it to a byte budget: the bundle travels with
// every widget instance and into saved notebooks.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { lexerOnly } from "./lexer-only.mjs";

const BUDGET_BYTES = { "widget.js": 108_544, "widget.css": 32_768 };
const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../sigmic_jupyter/static", import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: [
    { in: "src/index.ts", out: "widget" },
    { in: "src/widget.css", out: "widget" },
  ],
  outdir,
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  plugins: [lexerOnly],
  logLevel: "warning",
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
