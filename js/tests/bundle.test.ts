import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
// @ts-expect-error: it is a script of the build
import { lexerOnly } from "../lexer-only.mjs";
import { parseDocument } from "../src/markdown/document";
import { CASES, EXHAUSTING, SAMPLE, soups } from "./markdown-texts";

const PATIENCE_MS = 60_000;
let bundled: { parseDocument: typeof parseDocument };

beforeAll(async () => {
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, ".."),
    entryPoints: ["src/markdown/document.ts"],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    plugins: [lexerOnly],
  });
  const code = encodeURIComponent(outputFiles[0]?.text ?? "");
  bundled = await import(/* @vite-ignore */ `data:text/javascript,${code}`);
});

function expectTheSame(text: string): void {
  for (const open of [false, true]) {
    expect(bundled.parseDocument(text, open, null).parts).toEqual(parseDocument(text, open, null).parts);
  }
}

test("the lexer in the bundle reads as marked does", { timeout: PATIENCE_MS }, () => {
  for (const text of [SAMPLE, ...[...CASES, ...EXHAUSTING].map(([, source]) => source)]) expectTheSame(text);
});

test("and so it reads any text", { timeout: PATIENCE_MS }, () => {
  fc.assert(fc.property(soups, expectTheSame), { numRuns: 200 });
});
