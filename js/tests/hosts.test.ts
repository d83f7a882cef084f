import fc from "fast-check";
import { describe, expect, test } from "vitest";
import cases from "../../contract/hosts.json";
import { hostNotes } from "../src/hosts";

describe("hosts that are not what they seem:", () => {
  test.each(cases)("$text", ({ text, hosts }) => {
    expect(hostNotes(text).map(({ host, ascii, mixed }) => [host, ascii, mixed])).toEqual(hosts);
  });

  test.each([
    ["a number", "http://2130706433/", "127.0.0.1"],
    ["numbers of another base", "http://0x7f.0.0.010", "127.0.0.8"],
    ["percent signs", "http://ex%61mple.com", "example.com"],
    ["a character that is left out", "http://exam\u00adple.com", "example.com"],
    ["a slash that is none", "http://bank.example∕evil.example", "bank.xn--exampleevil-0h8f.example"],
    ["slashes the other way", "http:\\\\bücher.example", "xn--bcher-kva.example"],
  ])("%s", (_, text, ascii) => {
    expect(hostNotes(text).map((note) => note.ascii)).toEqual([ascii]);
  });

  test("a version and a mail's name are no hosts", () => {
    expect(hostNotes("npm i a@1.2.3 b@1.5 //1.5")).toEqual([]);
  });
});

test("no text is too much", () => {
  const parts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom(
      "http://",
      "https:\\",
      "//",
      "@",
      ".",
      "xn--",
      "xn--a",
      "[::1]",
      "%",
      "а",
      "ü",
      "\ud800",
      "0x",
    ),
  );
  fc.assert(
    fc.property(fc.array(parts), (text) => {
      for (const { host, ascii } of hostNotes(text.join(""))) expect(host && ascii).not.toBe("");
    }),
  );
});

test.each(["//", "://a@", "a@", "http:////", "http://ü.", "ü", "@ü."])(
  "a long text of %s takes no long time",
  (part) => {
    const started = performance.now();
    hostNotes(part.repeat(100_000));
    hostNotes(`http://${part.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
