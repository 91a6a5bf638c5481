// The list, the panels and the boxes as they are after a save; what is typed meanwhile stays.

import { body, currentDoubt, documentId, doubtOf, inField, panel, review } from "./page.js";
import { light } from "./picture.js";
import { choose, renew, renewPlace } from "./places.js";
import { mark } from "./saving.js";

let running = null;
let waiting = null;

// Many saves in a row are shown by few fetches: one that began before a save cannot tell of it,
// so that another follows.
export function refresh() {
  if (!running) {
    running = look().finally(() => {
      running = null;
    });
    return running;
  }
  const then = () => {
    waiting = null;
    return refresh();
  };
  waiting ??= running.then(then, then);
  return waiting;
}

async function look() {
  const current = currentDoubt()?.dataset.doubt;
  const at = current ? null : body()?.dataset.at;
  const address = current ? `/review/${documentId}?${review.dataset.pass}d=${current}` : location.href;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = currentDoubt()?.dataset.doubt; // it may be another by now
  const goesOn = !goal() || goal() === document.activeElement;
  for (const name of ["#doubts", ".review-head", ".stage"]) {
    document.querySelector(name).replaceWith(fresh.querySelector(name));
  }
  for (const old of document.querySelectorAll("template[data-panel]")) old.remove();
  document.querySelector("main").append(...fresh.querySelectorAll("template[data-panel]"));
  for (const sheet of fresh.querySelectorAll(".sheet")) {
    document.querySelector(`#${sheet.id} svg`)?.replaceWith(sheet.querySelector("svg"));
  }
  choose(doubtOf(now));
  const typing = panel.contains(document.activeElement) && inField(document.activeElement);
  if (!typing && now) renew(now);
  else if (!typing && at) await renewPlace(at);
  const here = currentDoubt();
  if (here) light(here.dataset.at, here.dataset.items);
  if (goesOn && !typing) goal()?.focus();
  mark();
}

// What comes next when nothing is left.
const goal = () => document.querySelector(".stage [data-goal]");
