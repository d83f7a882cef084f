import { asciiHost } from "../hosts";

const WEB = /^https?:\/\//i;
const MAIL = /^mailto:/i;
/** Of an address that is referred to often there is a copy each time. */
const LONGEST = 4_096;

/**
 * The address of a link, or null where it must not be one: only http, https and mailto, nothing relative, nothing
 * with a name or password in it, and no character that a browser would skip while reading the scheme.
 */
export function safeHref(address: string): string | null {
  if (!WEB.test(address) && !MAIL.test(address)) return null;
  return parse(address)?.href ?? null;
}

/**
 * Where a link leads if its words name another host, or if its own host has letters that may be taken for others.
 *
 * Args:
 *   href: As `safeHref` gives it.
 */
export function disguised(href: string, words: string): string | null {
  const { hostname, pathname } = new URL(href);
  const host = hostname || pathname.slice(pathname.lastIndexOf("@") + 1);
  const named = words
    .normalize("NFKC")
    .split(/[^\p{L}\p{M}\p{N}_.-]+/u)
    .map((word) => word.replace(/^[.-]+|[.-]+$/g, ""))
    .filter((word) => word.includes("."));
  const other = named.some((word) => bare(asciiHost(word)) !== bare(host));
  return other || /xn--|%/.test(host) ? hostname || pathname : null;
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

/** As `safeHref`, for an image that the reader asks for. */
export function imageUrl(address: string): URL | null {
  return WEB.test(address) ? parse(address) : null;
}

function parse(address: string): URL | null {
  if (address.length > LONGEST) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u0020\u007f-\u009f]/.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.username === "" && url.password === "" ? url : null;
}
