// Bundles the front end into ../sigmic_jupyter/static and holds it to a byte budget: it goes to every page and into
// saved notebooks, the loader with every widget.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { lexerOnly } from "./lexer-only.mjs";

const BUDGET_BYTES = { "loader.js": 2_048, "widget.js": 108_544, "widget.css": 32_768 };
const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../sigmic_jupyter/static", import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: [
    { in: "src/loader.ts", out: "loader" },
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
