/** The text of a paragraph → emphasis, code, links: one pass from left to right. */
import { addressAt, codeText, findSpans, type Spans, tickCount } from "./brackets";
import { Emphasis } from "./emphasis";
import { decodeEntities } from "./entities";
import { DEEPEST, type Inline, labelName, type References } from "./tokens";
import { safeHref } from "./url";

interface Place {
  references: References;
  /** The text still grows: what is open at its end is shown as if closed, and a marker without text not at all. */
  open: boolean;
  depth: number;
  inLink: boolean;
}

interface Cursor extends Place, Spans {
  text: string;
  at: number;
  out: Emphasis;
}

const PLAIN = /[^\\`*_~[!<&\nhHwW]+/y;
const WORD = /[\p{L}\p{N}]+/uy;
const BARE_URL = /(?:https?:\/\/|www\.)[^\s<>`]+/iy;
const ANGLE_URL = /<(?:((?:https?:\/\/|mailto:)[^\s<>]*)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+))>/iy;
const TAG = /<[/!?]?[A-Za-z[-][^<>]*>/y;
const LINE_BREAK = /<br[ \t]*\/?>/iy;
const ESCAPE = /\\([!-/:-@[-`{-~])/y;
const ENTITY = /&[#\w]{2,32};/y;

export function parseInline(text: string, open: boolean, references: References): Inline[] {
  return parse(text, { references, open, depth: 0, inLink: false });
}

function parse(text: string, place: Place): Inline[] {
  const cursor: Cursor = { ...place, ...findSpans(text), text, at: 0, out: new Emphasis(text, place.open) };
  while (cursor.at < text.length) {
    const from = cursor.at;
    READERS[text[from] ?? ""]?.(cursor);
    if (cursor.at === from) readPlain(cursor);
  }
  return cursor.out.end();
}

/** By the first character. A reader that finds nothing leaves the cursor where it is. */
const READERS: { [char: string]: (cursor: Cursor) => void } = {
  "\\": readEscape,
  "\n": readLineEnd,
  "`": readCode,
  "*": readMarker,
  _: readMarker,
  "~": readMarker,
  "[": readBracket,
  "!": readBracket,
  "<": readAngle,
  "&": readEntity,
  h: readUrl,
  H: readUrl,
  w: readUrl,
  W: readUrl,
};

/** What the pattern finds at the cursor, which then moves past it. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found !== null) cursor.at = pattern.lastIndex;
  return found;
}

function readPlain(cursor: Cursor): void {
  const from = cursor.at;
  if (take(cursor, PLAIN) === null && take(cursor, WORD) === null) cursor.at += 1;
  addText(cursor, cursor.text.slice(from, cursor.at));
}

function addText({ out }: Cursor, text: string): void {
  out.add({ kind: "text", text });
}

function readEscape(cursor: Cursor): void {
  const found = take(cursor, ESCAPE);
  if (found !== null) addText(cursor, found[1] ?? "");
  else if (cursor.text[cursor.at + 1] === "\n") {
    cursor.out.add({ kind: "break" });
    cursor.at += 2;
  } else if (cursor.open && cursor.at === cursor.text.length - 1) cursor.at += 1;
}

/** Two spaces before the end of a line break it. */
function readLineEnd(cursor: Cursor): void {
  if (!cursor.text.startsWith("  ", cursor.at - 2)) return;
  cursor.out.add({ kind: "break" });
  cursor.at += 1;
}

function readCode(cursor: Cursor): void {
  const { text, at, code, open, out } = cursor;
  const span = code.get(at);
  const length = tickCount(text, at);
  if (span !== undefined) {
    out.add({ kind: "code", text: span.text });
    cursor.at = span.next;
  } else if (open) {
    const rest = codeText(text.slice(at + length)).replace(/`+$/, "");
    if (rest.trim() !== "") out.add({ kind: "code", text: rest });
    cursor.at = text.length;
  } else {
    addText(cursor, "`".repeat(length));
    cursor.at += length;
  }
}

function readMarker(cursor: Cursor): void {
  cursor.at = cursor.out.marker(cursor.at);
}

function readAngle(cursor: Cursor): void {
  const found = take(cursor, ANGLE_URL);
  if (found !== null) {
    const [, url, mail = ""] = found;
    addLink(cursor, url ?? `mailto:${mail}`, [{ kind: "text", text: decodeEntities(url ?? mail) }]);
  } else if (take(cursor, LINE_BREAK) !== null) {
    cursor.out.add({ kind: "break" });
  } else {
    // A tag is text, whatever stands in it.
    const tag = take(cursor, TAG);
    if (tag !== null) addText(cursor, tag[0]);
  }
}

function readEntity(cursor: Cursor): void {
  const found = take(cursor, ENTITY);
  if (found !== null) addText(cursor, decodeEntities(found[0]));
}

function readUrl(cursor: Cursor): void {
  const from = cursor.at;
  if (cursor.inLink || /[\p{L}\p{N}_]/u.test(cursor.text[from - 1] ?? "")) return;
  const found = take(cursor, BARE_URL);
  if (found === null) return;
  const address = withoutTail(found[0]);
  cursor.at = from + address.length;
  const url = /^www/i.test(address) ? `http://${address}` : address;
  addLink(cursor, url, [{ kind: "text", text: decodeEntities(address) }]);
}

/** Punctuation at the end of an address belongs to the sentence, and so does a parenthesis that was not opened in it. */
function withoutTail(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? "";
    if (last === ")") {
      const kept = address.slice(0, end);
      if (kept.split(")").length <= kept.split("(").length) break;
    } else if (!"?!.,:;*_~'\"|]".includes(last)) break;
  }
  return address.slice(0, end);
}

function addLink({ out, inLink }: Cursor, address: string, children: Inline[]): void {
  const href = inLink ? null : safeHref(decodeEntities(address));
  if (href !== null) out.add({ kind: "link", href, children });
  else for (const child of children) out.add(child);
}

/** `[text](address)`, `[text][label]`, `[label]`, and each of them as an image after `!`. */
function readBracket(cursor: Cursor): void {
  const { text, at, pairs, open, depth } = cursor;
  const image = text[at] === "!";
  const opening = image ? at + 1 : at;
  if (text[opening] !== "[" || depth >= DEEPEST) return;
  const closing = pairs.get(opening);
  if (closing === undefined) {
    // An image's words are not shown before it is known to be one; a link's are.
    if (open) cursor.at = image ? text.length : opening + 1;
    return;
  }
  const inside = text.slice(opening + 1, closing);
  const target = targetAt(cursor, inside, closing + 1);
  if (target === null) return;
  cursor.at = target.next;
  if (image) {
    if (target.address !== null) {
      cursor.out.add({
        kind: "image",
        source: decodeEntities(target.address),
        alt: plainText(inside, cursor),
      });
    }
    return;
  }
  const children = parse(inside, { ...cursor, open: false, depth: depth + 1, inLink: true });
  addLink(cursor, target.address ?? "", children);
}

/** Where a bracket leads, by what follows it; its address is null while that is still being written. */
function targetAt(
  { text, pairs, references, open }: Cursor,
  inside: string,
  after: number,
): { address: string | null; next: number } | null {
  if (text[after] === "(") {
    const found = addressAt(text, after + 1);
    if (found !== null) return found;
    if (open && !text.slice(after).includes(")")) return { address: null, next: text.length };
  }
  const end = text[after] === "[" ? pairs.get(after) : undefined;
  const label = end === undefined ? inside : text.slice(after + 1, end) || inside;
  const address = references.size > 0 ? references.get(labelName(label)) : undefined;
  if (address !== undefined) return { address, next: end === undefined ? after : end + 1 };
  return open && after >= text.length ? { address: null, next: after } : null;
}

function plainText(text: string, place: Place): string {
  return textOf(parse(text, { ...place, open: false, depth: place.depth + 1, inLink: true }));
}

export function textOf(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "break") return " ";
      if (node.kind === "image") return node.alt;
      return "children" in node ? textOf(node.children) : node.text;
    })
    .join("");
}
