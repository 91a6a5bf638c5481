// Saving: what is sent, and what could not be. That is kept on this machine, told in words, and sent
// when the connection is back; what somebody else said meanwhile is then shown, never overwritten.

import { review } from "./page.js";

const AGAIN = 4000; // ms between tries
const KEY = `unsent ${review.dataset.user}`;
const banner = document.querySelector("[data-unsent]");
let onTheWay = 0;

export const say = (name) => review.dataset["text" + name];

export const unsent = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

function keep(list) {
  if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
  else localStorage.removeItem(KEY);
}

// Returns the status (0: no connection) and what was answered.
export async function post(sent) {
  onTheWay += 1;
  try {
    const answer = await fetch("/api/corrections", {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf": review.dataset.csrf },
      body: JSON.stringify(sent),
    });
    return { code: answer.status, said: await answer.json() };
  } catch {
    return { code: 0, said: {} };
  } finally {
    onTheWay -= 1;
  }
}

// `at` and `draft` say where it was typed; what was typed there before and not sent gives way.
export function keepForLater(sent, at, draft) {
  const place = (one) => [one.document, one.page, one.bbox, one.cell, one.column, one.field].join(" ");
  const others = unsent().filter((each) => place(each.sent) !== place(sent));
  keep([...others, { sent, at, draft }]);
  tell();
}

export function forget(draft) {
  localStorage.removeItem(draft);
  keep(unsent().filter((each) => each.draft !== draft));
  tell();
}

// --- the connection is back ------------------------------------------------------------------------

const exclusive = (work) =>
  navigator.locks ? navigator.locks.request(KEY, { ifAvailable: true }, (lock) => lock && work()) : work();

async function sendAll(sentOne) {
  for (const each of unsent()) {
    const { code, said } = await post(each.sent);
    if (code === 0 || code === 401 || code === 403 || code >= 500) return;
    keep(unsent().filter((other) => JSON.stringify(other) !== JSON.stringify(each)));
    if (code === 201 && each.draft) localStorage.removeItem(each.draft);
    tell();
    sentOne(each, code, said);
  }
}

// `sentOne` is called for each that was kept and is answered now.
export function sendWhenBack(sentOne) {
  const attempt = () => {
    if (unsent().length) exclusive(() => sendAll(sentOne));
  };
  addEventListener("online", attempt);
  addEventListener("storage", tell);
  setInterval(attempt, AGAIN);
  tell();
  attempt();
}

function tell() {
  const list = unsent();
  banner.hidden = !list.length;
  banner.querySelector("b").textContent = list.length ? say("Kept").replace("{}", list.length) : "";
  mark();
}

// Which places of the list hold something that is not saved: a draft, or what could not be sent.
export function mark() {
  const { document: here, sha } = review.dataset;
  const places = new Set(unsent().filter((each) => each.sent.document === here).map((each) => each.at));
  for (const each of document.querySelectorAll("[data-doubt]")) {
    const { at } = each.dataset;
    const key = `draft ${sha} ${at}`;
    const draft = Object.keys(localStorage).some((kept) => kept === key || kept.startsWith(`${key} `));
    each.querySelector("[data-draft]").hidden = !draft && !places.has(at);
  }
}

addEventListener("beforeunload", (event) => {
  if (onTheWay > 0) event.preventDefault();
});
