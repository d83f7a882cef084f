import { pathOf } from "./allowed.js";

/** What is half a pixel off is drawn by rounding. */
const SLACK_PX = 1;
/** The longest flag has 14 UTF-16 units, a family of emoji about as many. */
const LONGEST_SIGN = 20;

const SIGNS = new Intl.Segmenter();

/** One for all: each living range costs time at every change of its document. */
const range = document.createRange();

const NOWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

const meet = (one, other) => ({
  left: Math.max(one.left, other.left),
  top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right),
  bottom: Math.min(one.bottom, other.bottom),
});
const hasArea = ({ left, top, right, bottom }) => right - left > SLACK_PX && bottom - top > SLACK_PX;
const within = (inner, outer) =>
  inner.left >= outer.left - SLACK_PX &&
  inner.top >= outer.top - SLACK_PX &&
  inner.right <= outer.right + SLACK_PX &&
  inner.bottom <= outer.bottom + SLACK_PX;
const words = ({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round).join(" ");

/** What of the view can be seen outside of its box. */
export function escaped(root) {
  const box = root.getBoundingClientRect();
  const found = [];
  const look = (element, clip) => {
    const style = getComputedStyle(element);
    if (style.display === "none") return;
    if (style.position === "fixed" || style.position === "sticky") found.push(`${style.position}: ${pathOf(element)}`);
    const seen = meet(element.getBoundingClientRect(), clip);
    if (hasArea(seen) && !within(seen, box)) found.push(`out of the box (${words(seen)}): ${pathOf(element)}`);
    const inner = meet(clip, clipOf(element, style));
    for (const node of textNodes(element)) {
      const drawn = meet(rectOf(node), inner);
      if (hasArea(drawn) && !within(drawn, box)) found.push(`text out of the box (${words(drawn)}): ${pathOf(element)}`);
    }
    if (element.localName !== "svg") for (const child of element.children) look(child, inner);
  };
  look(root, NOWHERE);
  return found.slice(0, 5);
}

function clipOf(element, { overflowX, overflowY, clipPath }) {
  if (clipPath !== "none") return { left: 0, top: 0, right: 0, bottom: 0 };
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return {
    ...NOWHERE,
    ...(overflowX !== "visible" && { left, right }),
    ...(overflowY !== "visible" && { top, bottom }),
  };
}

function textNodes(element) {
  return Array.from(element.childNodes).filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
}

function rectOf(node) {
  range.selectNodeContents(node);
  return range.getBoundingClientRect();
}

/** Words of arguments that are cut off at the side, where nobody can scroll to them. */
export function cut(root) {
  return Array.from(root.querySelectorAll(".sigmic-args")).flatMap((args) => {
    const { left, right } = args.getBoundingClientRect();
    const isCut = (rect) => hasArea(rect) && (rect.left < left - SLACK_PX || rect.right > right + SLACK_PX);
    const element = Array.from(args.querySelectorAll("*")).find((each) =>
      // Spaces at the end of a line may hang over its edge.
      textNodes(each).some((node) => isCut(rectOf(node)) && !(isEndless(node.data) && scrolls(each, args)) && rectsOfWords(node).some(isCut)),
    );
    return element ? [`cut off: ${element.textContent.slice(0, 40)} (${pathOf(element)})`] : [];
  });
}

/** Whether there is one sign, of many characters, that no line can be broken in. */
function isEndless(text) {
  return Array.from(SIGNS.segment(text)).some(({ segment }) => segment.length > LONGEST_SIGN);
}

/** Whether a person can move to what stands at the side. */
function scrolls(element, args) {
  for (let at = element; at !== args; at = at.parentElement) {
    if (getComputedStyle(at).overflowX === "auto") return at.scrollWidth > at.clientWidth;
  }
  return false;
}

function rectsOfWords(node) {
  return Array.from(node.data.matchAll(/\S+/g), ({ index, 0: word }) => {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    return range.getBoundingClientRect();
  });
}

/** Whether the buttons of each card can be seen, pressed and told apart. `labels`: all that a button may say. */
export function disturbed(root, labels) {
  return Array.from(root.querySelectorAll(".sigmic-approval")).flatMap((card) => {
    const buttons = Array.from(card.querySelectorAll("button"));
    const rects = buttons.map((button) => button.getBoundingClientRect());
    return [
      ...buttons.filter((button) => !labels.test(labelOf(button))).map((button) => `a button says ${labelOf(button)}`),
      ...rects.flatMap((rect, index) => misplaced(rect, card, buttons[index], rects.slice(index + 1))),
      ...buttons.filter((button) => !isOnTop(button)).map((button) => `${labelOf(button)} is covered`),
    ];
  });
}

function labelOf(button) {
  return button.textContent.trim().slice(0, 80);
}

function misplaced(rect, card, button, others) {
  const label = labelOf(button);
  const found = [];
  if (!hasArea(rect)) found.push(`${label} cannot be seen`);
  if (!within(rect, card.getBoundingClientRect())) found.push(`${label} is outside of its card`);
  if (others.some((other) => hasArea(meet(rect, other)))) found.push(`${label} overlaps another button`);
  return found;
}

function isOnTop(button) {
  let [x, y] = middleOf(button);
  if (y < 0 || y >= document.documentElement.clientHeight) {
    button.scrollIntoView({ block: "start" });
    [x, y] = middleOf(button);
  }
  const hit = document.elementFromPoint(x, y);
  return hit !== null && button.contains(hit);
}

function middleOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** A function that tells what of the page outside of the stage is not any more as it is now. */
export function pageWatch() {
  const now = () => ({
    title: document.title,
    "elements of the body": document.body.children.length,
    "elements of the head": document.head.children.length,
    "style sheets": document.styleSheets.length,
    "width of the page": document.documentElement.scrollWidth,
    "what stands above": words(positionOf("before")),
    "size of what stands below": sizeOf("after"),
    "properties of every object": JSON.stringify(Object.keys(Object.prototype)),
    "attributes of the page": [document.documentElement, document.body].map(({ attributes }) => attributes.length).join(),
  });
  const before = now();
  return () =>
    Object.entries(now())
      .filter(([name, value]) => value !== before[name])
      .map(([name, value]) => `${name}: ${before[name]} became ${value}`);
}

function positionOf(id) {
  const { left, top, right, bottom } = document.getElementById(id).getBoundingClientRect();
  const { scrollX, scrollY } = window;
  return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
}

function sizeOf(id) {
  const { width, height } = document.getElementById(id).getBoundingClientRect();
  return `${Math.round(width)} ${Math.round(height)}`;
}
