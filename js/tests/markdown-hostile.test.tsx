import { cpuUsage } from "node:process";
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { Markdown } from "../src/markdown";
import { parseDocument } from "../src/markdown/document";
import { TrustContext } from "../src/view/context";
import { EXHAUSTING } from "./markdown-texts";

function shown(text: string, { streaming = false, trusted = true } = {}): HTMLElement {
  const el = document.createElement("div");
  const answer = <Markdown text={text} streaming={streaming} />;
  act(() => render(<TrustContext.Provider value={() => trusted}>{answer}</TrustContext.Provider>, el));
  return el;
}

describe("what would run, load or lead astray is text:", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick=alert(1)>b</b>",
    "<iframe src='https://x.example'></iframe>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- a --> <?x?> <![CDATA[y]]>",
    "<svg><script>alert(1)</script></svg>",
  ])("%s", (source) => {
    const el = shown(source);
    expect(el.textContent?.replaceAll("\n", " ")).toBe(source);
    expect(el.querySelectorAll("p ~ *, p *")).toHaveLength(0);
  });

  test("a tag that is written with character references", () => {
    const el = shown("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect([el.textContent, el.querySelector("script")]).toEqual(["<script>alert(1)</script>", null]);
  });
});

describe("an address is no link:", () => {
  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "java&#9;script:alert(1)",
    "&#1;javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "/etc/passwd",
    "../x",
    "#top",
    "?q=1",
    "",
    "https:evil.example",
    "https://user:secret@evil.example",
    "https://",
    "blob:https://x.example/1",
    "ht&#10;tps://x.example",
    "mail&#x9;to:a@b.example",
    "javascript&colon;alert(1)",
  ])("%s", (address) => {
    const el = shown(`[words](<${address}>)`);
    expect(el.querySelector("a")).toBeNull();
    expect(el.textContent).toContain("words");
  });

  test.each([
    ["[x](https://a.example/%22%3E)", "https://a.example/%22%3E"],
    ["[x](HTTPS://A.example)", "https://a.example/"],
    ["[x](mailto:a@b.example)", "mailto:a@b.example"],
    ["[x](https&colon;//a.example)", "https://a.example/"],
  ])("but %s is", (source, href) => {
    expect(shown(source).querySelector("a")?.getAttribute("href")).toBe(href);
  });

  test("and a link holds no other", () => {
    const el = shown("[a [b](https://b.example) https://c.example](https://d.example)");
    const [inner] = Array.from(el.querySelectorAll("a"), (link) => link.href);
    expect([inner, el.querySelector("a a")]).toEqual(["https://b.example/", null]);
  });
});

describe("an image", () => {
  test("is not loaded before it is asked for, and then tells nobody where from", () => {
    const el = shown("![Chart](https://charts.example/a.png?secret=1)");
    expect(el.querySelector("img")).toBeNull();
    expect(el.querySelector(".sigmic-remote")?.textContent).toBe(
      "Image from charts.example not loaded: ChartLoad image",
    );
    act(() => el.querySelector("button")?.click());
    const image = el.querySelector("img");
    expect([image?.src, image?.alt, image?.getAttribute("referrerpolicy")]).toEqual([
      "https://charts.example/a.png?secret=1",
      "Chart",
      "no-referrer",
    ]);
  });

  test("is not loaded by a script's click", () => {
    const el = shown("![](https://charts.example/a.png)", { trusted: false });
    act(() => el.querySelector("button")?.click());
    expect(el.querySelector("img")).toBeNull();
  });

  test("says where from in the form that is looked up, and what it is without disguise", () => {
    const el = shown("![a\u202eb](https://b\u00fccher.example/a.png)");
    expect(el.querySelector(".sigmic-remote")?.textContent).toBe(
      "Image from xn--bcher-kva.example not loaded: a⟦U+202E⟧bLoad image",
    );
    act(() => el.querySelector("button")?.click());
    expect(el.querySelector("img")?.alt).toBe("a⟦U+202E⟧b");
  });

  test("that does not arrive says so, and can be tried again", () => {
    const el = shown("![](https://charts.example/a.png)");
    act(() => el.querySelector("button")?.click());
    act(() => void el.querySelector("img")?.dispatchEvent(new Event("error")));
    expect(el.querySelector(".sigmic-remote")?.textContent).toBe(
      "Image from charts.example could not be loadedLoad image",
    );
  });

  test.each([
    "data:image/png;base64,AAAA",
    "blob:https://x.example/1",
    "file:///a.png",
    "//x.example/a.png",
    "a.png",
    "javascript:alert(1)",
  ])("from %s cannot be asked for", (address) => {
    const el = shown(`![words](<${address}>)`);
    expect([el.querySelector("img"), el.querySelector("button")]).toEqual([null, null]);
    expect(el.textContent).toContain("Image not loaded");
  });

  test("in a link is its words, for a link holds no button", () => {
    const el = shown("[![Build](https://x.example/b.svg)](https://y.example)");
    expect([el.querySelector("a")?.textContent, el.querySelector("button")]).toEqual(["Build", null]);
  });
});

/** The time that this process has worked: what else the machine does is left out. */
const cpuMs = (): number => cpuUsage().user / 1_000;

describe("nothing overflows or takes long:", () => {
  test.each(EXHAUSTING)("%s", { timeout: 60_000 }, (_, source) => {
    for (const streaming of [false, true]) {
      const started = cpuMs();
      parseDocument(source, streaming, null);
      expect(cpuMs() - started).toBeLessThan(2_000);
      expect(shown(source, { streaming }).querySelector(".sigmic-markdown")).not.toBeNull();
    }
  });

  test("what is nested too deep to be read is shown as it was written", () => {
    expect(shown(`${"> ".repeat(5_000)}end`).textContent).toContain("> > end");
  });
});
