// Of `marked` the bundle needs the lexer alone, but what is published is one minified file that cannot be shaken.
// Its source map holds the sources: bundled from these, it weighs a third less. Types and tests use the package as is.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const NAMESPACE = "marked-sources";
const MAP = new URL("marked.esm.js.map", import.meta.resolve("marked"));
/** Options that we leave alone: with them goes what depends on them. */
const NEVER_SET = /this\.options\.(?:pedantic|extensions|hooks)\b/g;
const LONG_NAME = /^ {2,4}(?:public |private )?([a-z]+[A-Z]\w*)[:,(]/gm;

export const lexerOnly = {
  name: "lexer-only",
  async setup(build) {
    const { sources, sourcesContent } = JSON.parse(await readFile(MAP, "utf8"));
    const contentOf = (name) => {
      const content = sourcesContent?.[sources.findIndex((source) => source.endsWith(`/${name}`))];
      if (content !== undefined) return content;
      throw new Error(
        `${fileURLToPath(MAP)} lacks ${name}: pin a version of marked that has it, or leave out lexer-only.mjs.`,
      );
    };
    // The long names of its rules and methods stand in the bundle many times, and nothing else has such names.
    const names = ["rules.ts", "Lexer.ts", "Tokenizer.ts"]
      .map(contentOf)
      .flatMap((code) => Array.from(code.matchAll(LONG_NAME), ([, name]) => name));
    build.initialOptions.mangleProps = new RegExp(`^(?:${names.join("|")})$`);

    build.onResolve({ filter: /^marked$/ }, () => ({ path: "entry", namespace: NAMESPACE }));
    build.onResolve({ filter: /^\.\//, namespace: NAMESPACE }, ({ path }) => ({
      path: path.slice(2),
      namespace: NAMESPACE,
    }));
    build.onLoad({ filter: /^entry$/, namespace: NAMESPACE }, () => ({
      contents: 'export { _Lexer as Lexer } from "./Lexer.ts"',
    }));
    build.onLoad({ filter: /\.ts$/, namespace: NAMESPACE }, ({ path }) => ({
      contents: contentOf(path).replace(NEVER_SET, "undefined"),
      loader: "ts",
    }));
  },
};
