const OTHER_AMPERSAND = /&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});)/g;

/**
 * Decodes character references once: what `&amp;lt;` stands for is `&lt;`. The browser knows their names; the document
 * that it reads them in is never shown, and nothing but text is in it.
 */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return copyOf(text);
  const inert = text.replace(OTHER_AMPERSAND, "&amp;").replaceAll("<", "&lt;");
  // White space at the beginning of a document is dropped: it stands behind a dot.
  const { body } = new DOMParser().parseFromString(`.${inert}`, "text/html");
  return body.textContent.slice(1);
}

/** A piece of a text keeps all of that text in memory: what is kept while the text grows is a text of its own. */
export function copyOf(piece: string): string {
  return ` ${piece}`.slice(1);
}
