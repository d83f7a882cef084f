/** Markdown for the tests: what it becomes, what would exhaust a parser, and anything at all. */
import fc from "fast-check";

/** Name, source, and what it becomes. */
export const CASES: [name: string, source: string, expected: string][] = [
  [
    "headings one level down",
    "# A\n\n## B ##\n\nC\n===\n\nD\n---",
    "<h2>A</h2><h3>B</h3><h2>C</h2><h3>D</h3>",
  ],
  ["six levels at most", "###### F", "<h6>F</h6>"],
  [
    "emphasis",
    "**a** *b* __c__ _d_ ***e*** ~~f~~",
    "<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em> <em><strong>e</strong></em> <del>f</del></p>",
  ],
  ["no emphasis inside words", "snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"],
  ["nested emphasis", "**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"],
  ["markers that nothing closes", "**a *b", "<p>**a *b</p>"],
  ["code", "`a` ``b`c`` `*d*`", "<p><code>a</code> <code>b`c</code> <code>*d*</code></p>"],
  ["lines that go on, and lines that break", "a\nb  \nc\\\nd<br>e", "<p>a\nb<br>c<br>d<br>e</p>"],
  ["escaped markers", "\\*a\\* \\[b\\]", "<p>*a* [b]</p>"],
  [
    "lists",
    "- a\n- b\n  1. c\n  2. d",
    '<ul><li>a</li><li>b<ol start="1"><li>c</li><li>d</li></ol></li></ul>',
  ],
  ["a list that begins elsewhere", "3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
  ["loose lists", "- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
  [
    "code in a list",
    "1. a\n\n   ```\n   b\n   ```",
    '<ol start="1"><li><p>a</p><div><pre><code>b</code></pre></div></li></ol>',
  ],
  ["quotes", "> a\n> b\nc\n\nd", "<blockquote><p>a\nb\nc</p></blockquote><p>d</p>"],
  ["code blocks", "```py\na\n\n  b\n```\nc", "<div><pre><code>a\n\n  b</code></pre></div><p>c</p>"],
  ["indented code", "    a\n\tb\n\nc", "<div><pre><code>a\nb</code></pre></div><p>c</p>"],
  ["rules", "a\n\n---\n\n* * *", "<p>a</p><hr><hr>"],
  ["a paragraph that a block ends", "a\n# b\n- c", "<p>a</p><h2>b</h2><ul><li>c</li></ul>"],
  [
    "references",
    "[a][r] [R] [x]\n\n[r]: https://r.example/x",
    '<p><a href="https://r.example/x">a</a> <a href="https://r.example/x">R</a> [x]</p>',
  ],
  [
    "bare addresses",
    "See https://a.example/b_c_d, or (www.b.example).",
    '<p>See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>, or (<a href="http://www.b.example/">www.b.example</a>).</p>',
  ],
  [
    "addresses in angle brackets",
    "<https://a.example/> <x@y.example>",
    '<p><a href="https://a.example/">https://a.example/</a> <a href="mailto:x@y.example">x@y.example</a></p>',
  ],
  [
    "links with titles and brackets",
    '[a [b]](https://x.example/p(q) "t")',
    '<p><a href="https://x.example/p(q)">a [b]</a></p>',
  ],
  [
    "character references, once",
    "&lt;b&gt; &amp;lt; &copy; &#65;&#x42; &nonsense; `&lt;`",
    "<p>&lt;b&gt; &amp;lt; © AB &amp;nonsense; <code>&amp;lt;</code></p>",
  ],
  ["Windows' line ends", "a\r\n\r\nb", "<p>a</p><p>b</p>"],
];

export const EXHAUSTING: [name: string, source: string][] = [
  ["quotes", ">".repeat(10_000)],
  ["lists", "- ".repeat(10_000)],
  ["brackets", "[".repeat(10_000)],
  ["images", "![".repeat(10_000)],
  ["links", "[a](".repeat(10_000)],
  ["closed links", `${"[".repeat(5_000)}a${"](https://x.example)".repeat(5_000)}`],
  ["emphasis", "**a ".repeat(10_000)],
  ["asterisks", "*".repeat(10_000)],
  ["emphasis in many paragraphs", `${"**a ".repeat(250)}\n\n`.repeat(20)],
  ["underscores", "_a_".repeat(10_000)],
  ["one long run", "_".repeat(20_000)],
  ["backticks", "`a``".repeat(5_000)],
  ["pipes", `${"|".repeat(5_000)}\n${"|-".repeat(5_000)}`],
  ["one line of pipes", "|".repeat(20_000)],
  ["code that nothing closes", `\`\`\`\n${"x\n".repeat(20_000)}`],
  ["quotes that go on without their marker", `${">".repeat(12)}a\nb\n`.repeat(50)],
  ["angle brackets", "<".repeat(10_000)],
  ["indentation", Array.from({ length: 300 }, (_, depth) => `${" ".repeat(2 * depth)}- x`).join("\n")],
  ["emphasis in emphasis", `${"*a **b ".repeat(2_000)}${"c** d*".repeat(2_000)}`],
  ["table beginnings", "| a\n".repeat(5_000)],
  ["a wide table of short rows", `${"|a".repeat(2_500)}|\n${"|-".repeat(2_500)}|\n${"|a|\n".repeat(2_500)}`],
  ["tasks", "- [ ] a\n".repeat(20_000)],
  ["runs of backticks", `${"`".repeat(20_000)}a`.repeat(3)],
  ["runs of asterisks", `${"*".repeat(20_000)} a`.repeat(3)],
  [
    "a long address, often referred to",
    `${"[a] ".repeat(250)}\n\n`.repeat(20).concat("[a]: https://x.example/", "a".repeat(200_000)),
  ],
];

export const SAMPLE = `# Revenue by **region**

Net revenue came to **€1,072,344**, which is *1.3 %* less; see [the report](https://x.example/q1 "Q1") and \`net_eur\`.
Second line with ~~struck~~ and ***both***, __under__, and \`\`a \` tick\`\`.

| Region | Net **revenue** | Change |
|:--|--:|---|
| North | 412,380 | +6.1 % |
| \`South\` | **388,914** | [link](https://x.example) |

- West **fell** by 14.2 %
  - nested *item*
  - [x] done \`code\`
- [ ] to do

1. one
2. **two**

> quoted **words** and
> - a list

\`\`\`python
x = "**not bold**"
\`\`\`

---

![Chart](https://charts.example/q1.png) the end of **it**.
`;

const MARKERS = [
  ...[
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    "# ",
    "###### ",
    "---",
    "===",
    "- [ ] ",
    "- [x] ",
  ],
  ...[
    "|",
    "|-|-|\n",
    ":-:",
    "```",
    "~~~",
    "```js\n",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "\\",
    "<br>",
  ],
  ...[
    "[",
    "]",
    "](",
    ")",
    "![",
    "[a][r]",
    "[r]: ",
    "[^1]",
    "<",
    ">",
    "&",
    "&lt;",
    "&#60;",
    "&colon;",
    "&Tab;",
    "&amp;",
  ],
];
const ADDRESSES = [
  ...[
    "https://a.example",
    "http://b\u00fc.example/?q=1#x",
    "www.c.example",
    "mailto:a@b.example",
    "a@b.example",
  ],
  ...[
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "vbscript:x",
  ],
  ...[
    "data:text/html,<script>alert(1)</script>",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "//c.example",
    "/x",
  ],
];
const TAGS = [
  "script",
  "img",
  "a",
  "svg",
  "iframe",
  "style",
  "form",
  "input",
  "button",
  "math",
  "template",
  "x-y",
  "!--",
];
const ATTRIBUTES = [
  ...[
    "onerror=alert(1)",
    "onclick='alert(1)'",
    "href=javascript:alert(1)",
    "src=https://a.example/x",
    "style=position:fixed",
  ],
  ...[
    "class=sigmic-button",
    "id=x",
    "srcdoc='<script>alert(1)</script>'",
    "formaction=//a.example",
    "autofocus",
    "slot=x",
  ],
];

const words = fc.oneof(
  fc.constantFrom(
    "a",
    "b c",
    "word",
    "1",
    "2026",
    "\u202e",
    "\u200b",
    "\ud800",
    "👩\u200d💻",
    "שלום",
    "\0",
    "\r\n",
    "é",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const address = fc.constantFrom(...ADDRESSES);
const element = fc
  .tuple(
    fc.constantFrom(...TAGS),
    fc.array(fc.constantFrom(...ATTRIBUTES), { maxLength: 3 }),
    words,
    fc.boolean(),
  )
  .map(
    ([tag, attributes, text, closed]) =>
      `<${[tag, ...attributes].join(" ")}>${text}${closed ? `</${tag}>` : ""}`,
  );
const link = fc
  .tuple(fc.constantFrom("", "!"), words, address, fc.constantFrom("(", "(<", "["))
  .map(([bang, text, to, open]) => `${bang}[${text}]${open}${to}${{ "(": ")", "(<": ">)", "[": "]" }[open]}`);

/** Markdown and HTML in any order and disorder. */
export const soups = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...MARKERS), weight: 6 },
      { arbitrary: words, weight: 3 },
      link,
      element,
      address,
      fc.constantFrom(...CASES.map(([, source]) => source)),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""));
