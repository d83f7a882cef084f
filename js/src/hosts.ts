/** Hosts in the addresses of a text that are not what they seem. */

export interface HostNote {
  /** As it is written. */
  host: string;
  /** As it is sent. */
  ascii: string;
  /** Letters of several scripts in one label, such as a Cyrillic а among Latin ones. */
  mixed: boolean;
}

const HOST = String.raw`((?:[\w%.-]|(?![\0-\x7f])[\p{L}\p{M}\p{N}\p{S}\p{Cf}\p{Pd}\p{Po}])+)`;
const AFTER_SCHEME = new RegExp(String.raw`(?:https?|wss?|ftp):[/\\]+(?:[^\s/\\?#]*@)?${HOST}`, "giu");
const BARE = new RegExp(String.raw`(?:\/\/(?:[^\s/\\?#]*@)?|\w@)${HOST}`, "gu");

export function hostNotes(text: string): HostNote[] {
  const notes = new Map<string, HostNote>();
  const add = (written: string, bare: boolean): void => {
    const host = written.replace(/\p{P}+$/u, "");
    // Without a scheme it may be anything, such as `name@1.2.3`.
    if (notes.has(host) || (bare && (/^[\0-\x7f]*$/.test(host) || !/[.。．｡]/.test(host)))) return;
    const ascii = asciiHost(host);
    const mixed = mixesScripts(host);
    if (mixed || ascii !== host.toLowerCase()) notes.set(host, { host, ascii, mixed });
  };
  for (const [, host = ""] of text.matchAll(AFTER_SCHEME)) add(host, false);
  for (const [, host = ""] of text.matchAll(BARE)) add(host, true);
  return [...notes.values()];
}

/** A host as it is looked up; as it is written where it is none. */
export function asciiHost(host: string): string {
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).hostname : host.toLowerCase();
}

const OFTEN_TOGETHER = String.raw`\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Bopo}\p{Script=Zyyy}\p{Script=Zinh}`;
const MIXES = ["Latn", "Cyrl", "Grek"].map((script) => [
  new RegExp(String.raw`\p{Script=${script}}`, "u"),
  new RegExp(String.raw`(?![${OFTEN_TOGETHER}\p{Script=${script}}])\p{L}`, "u"),
]);

export function mixesScripts(host: string): boolean {
  return host
    .normalize("NFKC")
    .split(".")
    .some((label) => MIXES.some((both) => both.every((pattern) => pattern.test(label))));
}
