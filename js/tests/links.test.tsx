import { describe, expect, test } from "vitest";
import { html } from "./html";

/** The host that is shown after a link, or null. */
function leadsTo(markdown: string): string | null {
  const [, host = null] = /<\/a><bdi> \((.*)\)<\/bdi>/.exec(html(markdown)) ?? [];
  return host;
}

describe("a link is followed by where it leads", () => {
  test.each([
    ["where its words name another host", "[bank.example](https://evil.example/)", "evil.example"],
    [
      "where they hold another address",
      "[https://bank.example/login](https://evil.example/)",
      "evil.example",
    ],
    ["where they begin with another host", "[see bank.example now](https://evil.example)", "evil.example"],
    ["where they are emphasised", "[**bank**.example](https://evil.example)", "evil.example"],
    [
      "where they are an image's",
      "[![bank.example](https://x.example/a.png)](https://evil.example)",
      "evil.example",
    ],
    [
      "where they are the end of its own",
      "[bank.example](https://bank.example.evil.example)",
      "bank.example.evil.example",
    ],
    ["where only letters of another width do", "[ｂａｎｋ.example](https://evil.example)", "evil.example"],
    ["where its host is internationalised", "[books](https://bücher.example)", "xn--bcher-kva.example"],
    ["where its host mixes scripts", "[pay](https://pаypal.example)", "xn--pypal-4ve.example"],
    ["where its host is its words, but not in ASCII", "<https://bücher.example>", "xn--bcher-kva.example"],
    ["where its words name another's mail", "[a@bank.example](mailto:a@evil.example)", "a@evil.example"],
    ["where a mail's host is not in ASCII", "[mail](mailto:a@bücher.example)", "a@b%C3%BCcher.example"],
  ])("%s", (_, markdown, host) => {
    expect(leadsTo(markdown)).toBe(host);
  });

  test.each([
    "[orders](https://shop.example)",
    "[shop.example](https://shop.example/a.b?c=d.e)",
    "[www.Shop.example.](https://shop.example)",
    "[shop.example](https://www.shop.example)",
    "https://shop.example/a",
    "<a@shop.example>",
    "[write to a@shop.example](mailto:a@shop.example?subject=x)",
    "[e-mail us... now](https://shop.example)",
  ])("but not %s", (markdown) => {
    expect(leadsTo(markdown)).toBeNull();
  });
});
