import { DEEPEST, type Inline } from "./tokens";

interface Frame {
  char: string;
  /** Markers not yet used, and how many there were. */
  length: number;
  original: number;
  /** It could close as well as open. */
  closes: boolean;
  children: Inline[];
}

/**
 * Collects the parts of a text and pairs its `*`, `_` and `~` by the rules of CommonMark. In a text that still grows
 * (`open`) what is open at the end counts as closed there.
 */
export class Emphasis {
  readonly #text: string;
  readonly #open: boolean;
  readonly #frames: Frame[] = [{ char: "", length: 0, original: 0, closes: false, children: [] }];

  constructor(text: string, open: boolean) {
    this.#text = text;
    this.#open = open;
  }

  add(node: Inline): void {
    const { children } = this.#top();
    const last = children.at(-1);
    if (node.kind === "text" && last?.kind === "text") {
      children[children.length - 1] = { kind: "text", text: last.text + node.text };
    } else {
      children.push(node);
    }
  }

  /** Takes the run of markers that begins at `at`; returns where it ends. */
  marker(at: number): number {
    const char = this.#text[at] ?? "";
    let end = at;
    while (this.#text[end] === char) end += 1;
    const original = end - at;
    const { opens, closes } = flanks(this.#text, at, end);
    const atEnd = this.#open && end === this.#text.length;
    let length = original;
    while (closes && length > 0) {
      const index = this.#opener(char, original, opens);
      const frame = this.#frames[index];
      if (frame === undefined) break;
      // The first half of a closing marker: the other half is to come.
      if (atEnd && frame.length > length) return end;
      this.#flatten(index);
      length -= this.#close(frame, length);
    }
    if (length === 0) return end;
    if (opens && this.#frames.length <= DEEPEST && (char !== "~" || original <= 2)) {
      this.#frames.push({ char, length, original, closes, children: [] });
    } else if (!atEnd) {
      this.add({ kind: "text", text: char.repeat(length) });
    }
    return end;
  }

  end(): Inline[] {
    while (this.#frames.length > 1) {
      const { char, length, children } = this.#top();
      const lone = char === "~" && length === 1;
      if (!this.#open || lone) {
        this.#flatten(this.#frames.length - 2);
        continue;
      }
      this.#frames.pop();
      if (children.length > 0) this.add(wrap(char, length, children));
    }
    return this.#top().children;
  }

  #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  /** The frame that a closing run matches, or -1. */
  #opener(char: string, original: number, opens: boolean): number {
    return this.#frames.findLastIndex((frame) => {
      if (frame.char !== char) return false;
      if (char === "~") return frame.length === original;
      const uneven =
        (frame.original + original) % 3 === 0 && (frame.original % 3 !== 0 || original % 3 !== 0);
      return !((frame.closes || opens) && uneven);
    });
  }

  /** Uses up to `available` markers of a closing run on the top frame; returns how many. */
  #close(frame: Frame, available: number): number {
    const used = Math.min(2, frame.length, available);
    const node = wrap(frame.char, used, frame.children);
    frame.length -= used;
    if (frame.length > 0) {
      frame.children = [node];
    } else {
      this.#frames.pop();
      this.add(node);
    }
    return used;
  }

  /** What is open above a frame turns out not to be closed: its markers are text. */
  #flatten(index: number): void {
    while (this.#frames.length - 1 > index) {
      const frame = this.#frames.pop() as Frame;
      this.add({ kind: "text", text: frame.char.repeat(frame.length) });
      for (const child of frame.children) this.add(child);
    }
  }
}

function wrap(char: string, length: number, children: Inline[]): Inline {
  if (char === "~") return { kind: "strike", children };
  if (length > 2) return { kind: "emphasis", children: [{ kind: "strong", children }] };
  return { kind: length === 2 ? "strong" : "emphasis", children };
}

const SPACE = /^$|\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/** Whether a run may open or close emphasis, by the characters on its two sides. */
function flanks(text: string, at: number, end: number): { opens: boolean; closes: boolean } {
  const before = lastCharacter(text.slice(Math.max(0, at - 2), at));
  const after = String.fromCodePoint(text.codePointAt(end) ?? 0x20);
  const spaceBefore = SPACE.test(before);
  const spaceAfter = SPACE.test(after);
  const markBefore = PUNCTUATION.test(before);
  const markAfter = PUNCTUATION.test(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  if (text[at] !== "_") return { opens: left, closes: right };
  return { opens: left && (!right || markBefore), closes: right && (!left || markAfter) };
}

function lastCharacter(text: string): string {
  return Array.from(text).at(-1) ?? "";
}
