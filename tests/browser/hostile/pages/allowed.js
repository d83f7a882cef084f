/** What may stand on a page: elements with their attributes, and what these may say. `*` is for all elements. */

const ANY = /^/;
const CLASSES = /^(?:sigmic[\w-]*(?: |$))*$/;
// Random, with a count: nothing of the agent's can be in it.
const OWN_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-P[\d-]+(?:-gate)?$/;
const YES_OR_NO = /^(?:true|false)$/;
const NUMBER = /^\d+$/;
const LINK = { href: /^(?:https?:\/\/|mailto:)[\x21-\x7e]+$/i };
const WEB_LINK = { ...LINK, target: /^_blank$/, rel: /^noopener noreferrer$/ };

/** Of lines: how many there are, and how much room they take. */
const LINES =
  /^(?:--gutter: \d+ch;|(?:counter-reset: line \d+; )?contain-intrinsic-block-size: auto [\d.]+px;)$/;

const plain = (names) => Object.fromEntries(names.split(" ").map((name) => [name, {}]));

/** The live view. */
export const VIEW = {
  "*": {
    class: CLASSES,
    id: OWN_ID,
    role: /^(?:alert|group|status|menu|menuitem)$/,
    tabindex: /^(?:0|-1)$/,
    hidden: /^$/,
    "aria-label": ANY,
    "aria-labelledby": OWN_ID,
    "aria-describedby": OWN_ID,
    "aria-controls": OWN_ID,
    "aria-busy": YES_OR_NO,
    "aria-disabled": YES_OR_NO,
    "aria-expanded": YES_OR_NO,
    "aria-hidden": YES_OR_NO,
    "aria-pressed": YES_OR_NO,
    "aria-haspopup": /^menu$/,
    "aria-live": /^(?:off|polite)$/,
    "data-lm-suppress-shortcuts": /^true$/,
  },
  ...plain("article bdi header section h2 h3 h4 h5 h6 p span strong em del s q code pre blockquote hr br"),
  ...plain("dl dt dd ul li table thead tbody tr td summary label"),
  a: { ...WEB_LINK, title: LINK.href },
  button: { type: /^button$/, title: /^(?:Attach files|Cancel|Download|List files anew|Save beside notebook)$/ },
  details: { open: /^$/ },
  div: { style: LINES },
  fieldset: { disabled: /^$/ },
  img: { src: /^data:image\/(?:gif|jpeg|png|svg\+xml|webp);base64,[\w+/]+=*$/, alt: ANY },
  input: { type: /^(?:checkbox|file)$/, multiple: /^$/ },
  ol: { start: NUMBER },
  textarea: { rows: NUMBER, placeholder: /^[A-Z][a-z ]+$/, autocomplete: /^off$/, disabled: /^$/, readonly: /^$/ },
  th: { scope: /^col$/ },
  svg: { viewBox: /^0 0 16 16$/ },
  path: { d: /^[\w\s.-]+$/, opacity: /^\.\d+$/, "stroke-width": /^[\d.]+$/, "stroke-dasharray": /^[\d. ]+$/ },
};

/** The menu, which stands above the page; only its place is by style. */
export const MENU = {
  ...VIEW,
  div: { popover: /^manual$/, style: new RegExp(`${LINES.source}|^top: [\\d.e+]+px; left: [\\d.e+]+px;$`) },
};

const STYLE = { style: /^(?!.*(?:url\(|position|expression|behavior|z-index|transform|inset))[\w\s:;,.#()%'"-]*$/ };

/** The record as HTML. */
export const RECORD = {
  "*": STYLE,
  ...plain("blockquote br code del details em hr li p pre span strong summary"),
  ...Object.fromEntries(["h3", "h4", "h5", "h6"].map((name) => [name, { class: /^jp-toc-ignore$/ }])),
  ...plain("table tbody td th thead tr ul"),
  a: WEB_LINK,
  div: { class: /^tex2jax_ignore mathjax_ignore$/ },
  ol: { start: NUMBER },
};

/** The record as Markdown, when somebody else has made HTML of it. */
export const MARKDOWN = {
  "*": {},
  ...plain("blockquote br del em h3 h4 h5 h6 hr li p pre s strong table tbody thead tr ul"),
  a: LINK,
  code: { class: /^language-[\w+#.-]{1,30}$/ },
  ol: { start: NUMBER },
  td: { align: /^(?:left|center|right)$/, style: /^text-align:(?:left|center|right)$/ },
  th: { align: /^(?:left|center|right)$/, style: /^text-align:(?:left|center|right)$/ },
};

/** What of the elements in `root` is not allowed. */
export function foreign(root, allowed) {
  const found = [];
  for (const element of root.querySelectorAll("*")) {
    const name = element.localName;
    if (!Object.hasOwn(allowed, name) || name === "*") {
      found.push(`<${name}> in ${pathOf(element.parentElement)}`);
      continue;
    }
    const rules = { ...allowed["*"], ...allowed[name] };
    for (const { name: attribute, value } of element.attributes) {
      const rule = Object.hasOwn(rules, attribute) ? rules[attribute] : null;
      if (rule === null || !rule.test(value)) {
        found.push(`${attribute}="${value.slice(0, 80)}" at ${pathOf(element)}`);
      }
    }
    const missing = Object.keys(allowed[name]).filter((needed) => name === "a" && !element.hasAttribute(needed));
    if (missing.length > 0) found.push(`a link without ${missing.join(" and ")} at ${pathOf(element)}`);
  }
  return found;
}

/** Where an element stands, by the classes that it and those round it have. */
export function pathOf(element) {
  const names = [];
  for (let at = element; at?.localName && names.length < 4; at = at.parentElement) {
    const first = at.getAttribute("class")?.split(" ")[0];
    names.unshift(first ? `${at.localName}.${first.slice(0, 40)}` : at.localName);
  }
  return names.join(" > ");
}
