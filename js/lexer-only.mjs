// Of `marked` the bundle needs the lexer alone, but what is published is one minified file that cannot be shaken.
// Its source map holds the sources: bundled from these, it weighs a third less. Types and tests use the package as is.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const NAMESPACE = "marked-sources";
const MAP = new URL("marked.esm.js.map", import.meta.resolve("marked"));
/** Attempts at a token, each of which does the same with it. */
const TRY = String.raw`if \(token = (.*)\) \{\s+src = src\.substring\(token\.raw\.length\);\s+tokens\.push\(token\);\s+continue;\s+\}`;
const TRIES = new RegExp(`(?:${TRY}(?:\\s+//.*)*\\s+)+${TRY}`, "g");
const tryInTurn = (tries) =>
  `if (token = ${Array.from(tries.matchAll(new RegExp(TRY, "g")), ([, attempt]) => attempt).join(" || ")}) {
    src = src.substring(token.raw.length);
    tokens.push(token);
    continue;
  }`;
const TABLE = /^(?:export )?const (other|block|inline)(?:Normal|Gfm)?\b.* = \{\n([\s\S]*?)^\};/gm;
/** Each rule of a table by itself, so that what nobody uses is left out. */
const apart = (_, table, rules) =>
  rules
    .replace(/^ {2}\.{3}.*/m, "")
    .replace(
      /^ {2}(\w+)(?:: ([\s\S]*?))?,$/gm,
      (_rule, name, value = name) => `export const ${table}_${name} = ${value};`,
    );
/** What stands for what, by file. Options that we leave alone go, and with them what depends on them. */
const LEANER = {
  "rules.ts": [
    [/^const (?:blockPedantic|inlinePedantic|inlineBreaks)\b[\s\S]*?\n\};/gm, ""],
    [/^export const (?:block|inline) = [\s\S]*?\n\};/gm, ""],
    [/^const supportsLookbehind = [\s\S]*?\}\)\(\);/m, "const supportsLookbehind = true;"],
    // GFM has its own.
    [/(?<=^const blockNormal = [^}]*)^ {2}(?:lheading|paragraph|table)\b.*\n/gm, ""],
    [
      /(?<=^const inlineNormal = [^}]*)^ {2}(?:emStrongLDelim|emStrongRDelimAst|text|\w+: noopTest)\b.*\n/gm,
      "",
    ],
    [TABLE, apart],
    // Without a side effect what nobody uses is left out.
    [/([:=] )(?=edit\(|createParagraph\(|cachedIndentRegex\()/g, "$1/* @__PURE__ */ "],
  ],
  "Lexer.ts": [
    [/const rules = \{[\s\S]*?this\.tokenizer\.rules = rules;/, ""],
    [/^ {2}static [\s\S]*?^ {2}\}/gm, ""],
    [TRIES, tryInTurn],
  ],
  "Tokenizer.ts": [
    // Entities are read from `raw`.
    [/escaped \? cap\[0\] : decodeNumericCharacterReferences\(cap\[0\]\)/, "cap[0]"],
  ],
};
const EVERYWHERE = [
  // What a renderer would want to know of a token.
  [
    /^ +(?:(?:block|codeBlockStyle|escaped|ordered|pre|title)\b|(?:align|header|inLink|inRawBlock): (?:item|this|true|false)).*,\n/gm,
    "",
  ],
  [/this\.options\.(?:pedantic|extensions|hooks|silent)\b/g, "undefined"],
  [/this\.options\.gfm\b/g, "true"],
  [/options \|\| _defaults/g, "options"],
  // With GFM they are always the same.
  [/(?:this\.(?:tokenizer\.)?)?\brules\.(other|block|inline)\./g, "$1_"],
  [/\bother\./g, "other_"],
  [/, (?:this\.rules|rules: Rules)\b/g, ""],
];

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
    const leaner = (name) =>
      [...(LEANER[name] ?? []), ...EVERYWHERE].reduce(
        (code, [what, by]) => code.replace(what, by),
        contentOf(name),
      );
    const rules = leaner("rules.ts").match(/(?<=^export const )\w+/gm);

    build.onResolve({ filter: /^marked$/ }, () => ({ path: "entry", namespace: NAMESPACE }));
    build.onResolve({ filter: /^\.\//, namespace: NAMESPACE }, ({ path }) => ({
      path: path.slice(2),
      namespace: NAMESPACE,
    }));
    build.onLoad({ filter: /^entry$/, namespace: NAMESPACE }, () => ({
      contents: 'export { _Lexer as Lexer } from "./Lexer.ts"',
    }));
    build.onLoad({ filter: /\.ts$/, namespace: NAMESPACE }, ({ path }) => ({
      contents: leaner(path).replace(
        /^import .* from '\.\/rules\.ts';/m,
        `import { ${rules} } from "./rules.ts";`,
      ),
      loader: "ts",
    }));
  },
};
