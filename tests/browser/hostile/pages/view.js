// Shows cases in every place for text of the live view, and tells what is not as it must be.
import createWidget from "/widget.js";
import { foreign, MENU, VIEW } from "./allowed.js";
import { cut, disturbed, escaped, pageWatch } from "./layout.js";
import { Model } from "./model.js";
import { offer } from "./steps.js";
import { raw } from "./text.js";

/** All that the buttons of a card may say. */
const LABELS =
  /^(?:Reject|Reject with a reason…|Approve once|Always…|Back|Approve for this session|Retry (?:approval(?: for this session)?|rejection)|Copy|Raw|Laid out)$/;
/** How many times as fast the clock runs for what waits before it does something. */
const HASTE = 20;
const LONG_WAIT_MS = 100;

const wait = window.setTimeout.bind(window);
window.setTimeout = (what, ms = 0, ...values) => wait(what, ms > LONG_WAIT_MS ? ms / HASTE : ms, ...values);

/** The scenes in which the details are looked at: in one the kernel tells them, in the other it refuses. */
const DETAILED = ["failed", "offline"];

/** A text of more characters takes its time, so it is shown only in the scenes that have it in most places. */
const LONG = 20_000;
const FULLEST = ["waiting", "failed"];

const stage = document.getElementById("stage");
const frame = () => {
  scrollTo(0, 0);
  return new Promise((resolve) => requestAnimationFrame(() => wait(resolve)));
};
const all = (root, selector) => Array.from(root.querySelectorAll(selector));
const load = async (path) => (await fetch(path)).json();

const group = new URLSearchParams(location.search).get("group");
const [scenes, cases] = await Promise.all([load("/scenes.json"), load(`/cases/${group}.json`)]);
let places = [];
/** Buttons that only a person can press: one after the other has the focus. */
let targets = [];
let changes;
let begun;

/** The scene with the case's text in each place for it. */
function filled(value, each) {
  if (value === "%args%") return each.args;
  if (value === "%args_json%") return each.args_json;
  if (typeof value === "string") return value.replaceAll("%text%", () => each.text);
  if (Array.isArray(value)) return value.map((item) => filled(item, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, each)]));
}

function scenesOf({ text }) {
  return text.length > LONG ? FULLEST : Object.keys(scenes);
}

function show(scene, each) {
  const { traits, later, replies, refusal } = filled(scenes[scene], each);
  const el = document.createElement("div");
  el.className = "place";
  stage.append(el);
  const { content } = traits;
  const model = new Model({ ...traits, content: content.slice(0, content.length / 3) }, replies, refusal);
  const { initialize, render } = createWidget();
  const closes = [initialize({ model }), render({ model, el })];
  const close = () => closes.forEach((end) => end());
  return { name: each.name, scene, el, model, later: { ...later, ...(content && { content }) }, close };
}

function labelled(root, label) {
  return all(root, "button").find((button) => button.textContent.trim() === label);
}

/** Opens everything that a click opens. */
function open({ el }) {
  for (const summary of all(el, "details:not([open]) > summary")) summary.click();
  for (const button of all(el, "button[aria-expanded=false]:not([aria-haspopup])")) button.click();
  for (const button of all(el, ".sigmic-decisions__more")) button.click();
  const [, second] = all(el, ".sigmic-approval");
  if (second) labelled(second, "Always…")?.click();
}

function toggleMenu({ el }) {
  el.querySelector("[aria-haspopup=menu]").click();
}

/** Each time that there is something to open, a further third of the answer arrives. */
async function begin(...indices) {
  begun = performance.now();
  changes = pageWatch();
  places = indices.flatMap((index) => scenesOf(cases[index]).map((scene) => show(scene, cases[index])));
  await frame();
  const detailed = places.filter(({ scene }) => DETAILED.includes(scene));
  detailed.forEach(toggleMenu);
  await frame();
  for (const { el } of detailed) labelled(el, "Show details").click();
  for (const { el, model, later } of places) {
    if (later.content) model.set("content", later.content.slice(0, (2 * later.content.length) / 3));
    labelled(el, "Retry now")?.click();
  }
  places.forEach(open);
  await frame();
  for (const { model, later } of places) {
    for (const [name, value] of Object.entries(later)) model.set(name, value);
  }
  places.forEach(open);
  await frame();
  targets = places.flatMap(({ el }) => {
    const isOffline = labelled(el, "Retry now") !== undefined;
    return isOffline ? [labelled(el, "Approve once"), labelled(el, "Stop")] : [];
  });
  const presses = targets.length;
  focusNext();
  return presses;
}

function focusNext() {
  targets.shift()?.focus({ preventScroll: true });
}

async function finish(alsoNarrow) {
  await frame();
  const ms = Math.round(performance.now() - begun);
  const found = places.flatMap((place) => look(place, VIEW));
  const detailed = places.filter(({ scene }) => DETAILED.includes(scene));
  detailed.forEach(toggleMenu);
  for (const { el } of places) all(el, ".sigmic-approval").forEach((card) => labelled(card, "Raw")?.click());
  await frame();
  for (const place of places) found.push(...named(place, [...foreign(place.el, MENU), ...raw(place.el)]));
  detailed.forEach(toggleMenu);
  if (alsoNarrow) {
    stage.className = "narrow";
    await frame();
    found.push(...places.flatMap((place) => look(place, VIEW)));
  }
  for (const { close } of places) close();
  stage.replaceChildren();
  stage.className = "";
  await frame();
  return { ms, found, changes: changes() };
}

function look(place, allowed) {
  const { el } = place;
  const strays = [...foreign(el, allowed), ...raw(el)];
  return named(place, [...strays, ...escaped(el.querySelector(".sigmic")), ...cut(el), ...disturbed(el, LABELS)]);
}

function named({ name, scene }, found) {
  return found.map((what) => `${name}: ${what} (${scene}${stage.className && `, ${stage.className}`})`);
}

document.addEventListener("keyup", focusNext);
offer({ begin, finish });
