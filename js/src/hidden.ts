/** Characters of a text that cannot be seen, or that make it read differently from what it is. */

export type HiddenKind = "direction" | "invisible" | "control" | "tag" | "variation" | "surrogate";

export interface Hidden {
  code: number;
  kind: HiddenKind;
}

const HIDDEN = String.raw`(?![\t\n])[\p{Cc}\p{Cs}\p{DI}\p{NChar}\u2028\u2029\ufff9-\ufffb]`;
const SYMBOL = String.raw`(?![\0-\x7f])[\p{S}‼⁉ℹ〰]`;
/** A variation selector after something whose look it chooses, and a joiner between two emoji. */
const AT_WORK = String.raw`${SYMBOL}(?:[\ufe00\ufe0e\ufe0f](?!\p{VS}))?(?:\u200d(?=${SYMBOL}))?|[#*\d]\ufe0f(?=\u20e3)|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}][\ufe00-\ufe02\u{e0100}-\u{e01ef}](?!\p{VS})`;
/** In prose also a line's end, the flags of three countries, and one joiner or selector after any character. */
const FLAG = String.raw`🏴\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`;
const JOINED = String.raw`(?!${HIDDEN})\S[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f](?![\u200c\u200d\p{VS}])`;

const ANY = new RegExp(HIDDEN, "u");
const EXACT = new RegExp(`${AT_WORK}|(${HIDDEN})`, "gu");
const PROSE = new RegExp(String.raw`\r\n|${FLAG}|${JOINED}|${AT_WORK}|(${HIDDEN})`, "gu");

const KINDS: readonly (readonly [HiddenKind, RegExp])[] = [
  ["surrogate", /\p{Cs}/u],
  ["variation", /\p{VS}/u],
  ["tag", /[\u{e0000}-\u{e0fff}]/u],
  ["direction", /\p{Bidi_C}/u],
  ["control", /[\p{Cc}\p{NChar}\u2028\u2029\ufff9-\ufffb]/u],
];

/** `text` cut into what is shown as it is and hidden characters. `prose`: what shapes letters and emoji is left alone. */
export function pieces(text: string, prose = false): (string | Hidden)[] {
  if (!ANY.test(text)) return [text];
  const found: (string | Hidden)[] = [];
  let shown = 0;
  for (const { index, 1: hidden } of text.matchAll(prose ? PROSE : EXACT)) {
    if (hidden === undefined) continue;
    if (index > shown) found.push(text.slice(shown, index));
    found.push({
      code: hidden.codePointAt(0) as number,
      kind: KINDS.find(([, pattern]) => pattern.test(hidden))?.[0] ?? "invisible",
    });
    shown = index + hidden.length;
  }
  if (shown < text.length) found.push(text.slice(shown));
  return found;
}

export function hiddenIn(text: string): Hidden[] {
  return pieces(text).filter((piece) => typeof piece !== "string");
}

/** "⟦U+202E⟧". */
export function token({ code }: Hidden): string {
  return `⟦U+${code.toString(16).toUpperCase().padStart(4, "0")}⟧`;
}

/** `text` with a token in the place of each hidden character, for where there can be no elements. */
export function visible(text: string, prose = false): string {
  return pieces(text, prose)
    .map((piece) => (typeof piece === "string" ? piece : token(piece)))
    .join("");
}
