// The place that is looked at: a doubt of the list, or any box.

import { restore } from "./drafts.js";
import { announce, body, currentDoubt, documentId, doubtOf, doubts, panel, review } from "./page.js";
import { light } from "./picture.js";

let shown = ""; // the panel as it came

const panelOf = (number) => document.querySelector(`template[data-panel="${number}"]`);
const rowsAt = (at) => document.querySelector(`[data-box="${CSS.escape(at)}"]`)?.dataset.of;

export function open(number, { quiet = false } = {}) {
  const target = doubtOf(number);
  const template = panelOf(number);
  if (!target || !template) return;
  choose(target);
  target.scrollIntoView({ block: "nearest" });
  put(template);
  light(target.dataset.at, target.dataset.items);
  history.replaceState(null, "", `?${review.dataset.pass}d=${number}`);
  if (!quiet) announce(target.textContent.trim().replace(/\s+/g, " "));
}

export async function openPlace(at) {
  const template = await fetchPanel(at);
  if (!template) return;
  choose();
  put(template);
  light(at, rowsAt(at));
  history.replaceState(null, "", `?at=${encodeURIComponent(at)}`);
}

export function step(by) {
  const all = doubts();
  if (!all.length) return;
  const at = all.indexOf(currentDoubt());
  open(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))].dataset.doubt);
}

// Only this one of the list is current, or none.
export function choose(doubt = null) {
  for (const each of doubts()) each.removeAttribute("aria-current");
  doubt?.setAttribute("aria-current", "true");
}

// Show the panel of a doubt as it is now; where nothing in it changed, it stays as it is.
export function renew(number) {
  const template = panelOf(number);
  if (template && template.innerHTML !== shown) put(template);
}

// The place may be gone, or another place may have been opened meanwhile.
export async function renewPlace(at) {
  const template = await fetchPanel(at);
  if (!template || body()?.dataset.at !== at) return;
  put(template);
  light(at, rowsAt(at));
}

function put(template) {
  shown = template.innerHTML;
  panel.replaceChildren(template.content.cloneNode(true));
  panel.scrollTop = 0;
  restore();
}

async function fetchPanel(at) {
  const answer = await fetch(`/review/${documentId}/panel?at=${encodeURIComponent(at)}`);
  if (!answer.ok) return null;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template;
}
