"use strict";
// The review page: keys, boxes, saving without leaving the page. Without it every form still works.

const review = document.querySelector(".review");
const panel = document.getElementById("panel");
const pages = document.getElementById("pages");
const live = document.querySelector("[data-live]");
const help = document.getElementById("help");
const say = (name) => review.dataset["text" + name];
const documentId = review.dataset.document;
let waiting = 0; // saves that are on their way

const doubts = () => [...document.querySelectorAll("[data-doubt]")];
const currentDoubt = () => document.querySelector("[data-doubt][aria-current]");
const body = () => panel.querySelector(".panel-body");
const field = () => panel.querySelector("[data-value]");

// --- the current place ---------------------------------------------------------------------------

function open(number, { quiet = false } = {}) {
  const target = document.querySelector(`[data-doubt="${number}"]`);
  const template = document.querySelector(`template[data-panel="${number}"]`);
  if (!target || !template) return;
  for (const each of doubts()) each.removeAttribute("aria-current");
  target.setAttribute("aria-current", "true");
  target.scrollIntoView({ block: "nearest" });
  put(template.content.cloneNode(true));
  light(target.dataset.at, target.dataset.items);
  history.replaceState(null, "", `?${review.dataset.pass}d=${number}`);
  if (!quiet) live.textContent = target.textContent.trim().replace(/\s+/g, " ");
}

function put(content) {
  panel.replaceChildren(content);
  panel.scrollTop = 0;
  restore();
}

function light(at, items = "") {
  const rows = items.split(" ").filter(Boolean);
  for (const box of document.querySelectorAll("[data-box]")) {
    const rect = box.firstElementChild;
    const same = rows.some((row) => box.dataset.of.split(" ").includes(row));
    rect.classList.toggle("same-row", same);
    if (box.dataset.box === at) {
      rect.setAttribute("data-current", "true");
      show(rect);
    } else {
      rect.removeAttribute("data-current");
    }
  }
  if (/^\d+$/.test(at)) document.getElementById(`page-${at}`)?.scrollIntoView({ block: "start" });
}

function show(rect) {
  const sheet = rect.closest(".sheet");
  sheet.querySelector("img").loading = "eager";
  const box = rect.getBoundingClientRect();
  const frame = pages.getBoundingClientRect();
  pages.scrollTop += box.top - frame.top - Math.max(10, (frame.height - box.height) / 3);
  pages.scrollLeft += box.left - frame.left - Math.max(10, (frame.width - box.width) / 2);
}

async function openPlace(at) {
  const answer = await fetch(`/review/${documentId}/panel?at=${encodeURIComponent(at)}`);
  if (!answer.ok) return;
  const held = document.createElement("template");
  held.innerHTML = await answer.text();
  for (const each of doubts()) each.removeAttribute("aria-current");
  put(held.content);
  const box = document.querySelector(`[data-box="${CSS.escape(at)}"]`);
  light(at, box ? box.dataset.of : "");
  history.replaceState(null, "", `?at=${at}`);
}

function step(by) {
  const all = doubts();
  if (!all.length) return;
  const at = all.indexOf(currentDoubt());
  open(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))].dataset.doubt);
}

// --- drafts: what was typed and not saved outlives the page --------------------------------------

const draftKey = () => `draft ${review.dataset.sha} ${body()?.dataset.at}`;

function restore() {
  const typed = field();
  if (!typed) return;
  const draft = localStorage.getItem(draftKey());
  if (draft !== null && draft !== typed.value) {
    typed.value = draft;
    status(say("Draft"), true);
  }
}

panel.addEventListener("input", (event) => {
  if (!event.target.matches("[data-value]")) return;
  localStorage.setItem(draftKey(), event.target.value);
  status(say("Draft"), true);
});

function status(text, unsaved = false) {
  const shown = panel.querySelector("[data-status]");
  if (!shown) return;
  shown.textContent = text;
  shown.classList.toggle("unsaved", unsaved);
}

// --- saving --------------------------------------------------------------------------------------

function asked(form, verdict) {
  const fields = Object.fromEntries(new FormData(form));
  const sent = { document: documentId, verdict };
  for (const name of ["page", "bbox", "cell", "column", "field", "value", "base"]) {
    if (fields[name] !== undefined) sent[name] = fields[name];
  }
  return sent;
}

async function send(sent) {
  waiting += 1;
  try {
    const answer = await fetch("/api/corrections", {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf": review.dataset.csrf },
      body: JSON.stringify(sent),
    });
    return { status: answer.status, said: await answer.json() };
  } catch {
    return { status: 0, said: {} };
  } finally {
    waiting -= 1;
  }
}

async function save(form, verdict, { go = true } = {}) {
  const number = Number(body().dataset.number);
  const key = draftKey();
  const sent = asked(form, verdict);
  status(say("Saving"));
  const { status: code, said } = await send(sent);
  if (code === 201) {
    if (verdict === "correct") localStorage.removeItem(key);
    const told = say(said.shown ? "Saved" : "Later");
    live.textContent = told;
    const here = document.querySelector(`[data-doubt="${number}"]`);
    const next = here?.nextElementSibling?.dataset.doubt;
    if (go && next) open(next, { quiet: true });
    await refresh();
    status(told);
    return;
  }
  if (code === 409) return conflict(form, verdict, said);
  status(`${say("Unsaved")} ${said.message ?? ""}`, true);
  live.textContent = say("Unsaved");
}

function conflict(form, verdict, said) {
  status(say("Conflict"), true);
  const shown = document.createElement("div");
  shown.className = "theirs";
  const text = document.createElement("p");
  text.textContent = `${said.theirs.who}: “${said.theirs.value ?? said.theirs.verdict}”`;
  const mine = document.createElement("button");
  mine.type = "button";
  mine.textContent = say("Mine");
  mine.addEventListener("click", () => {
    form.elements.base.value = said.theirs.number;
    shown.remove();
    save(form, verdict);
  });
  const theirs = document.createElement("button");
  theirs.type = "button";
  theirs.textContent = say("Theirs");
  theirs.addEventListener("click", () => {
    localStorage.removeItem(draftKey());
    location.reload();
  });
  shown.append(text, mine, " ", theirs);
  form.querySelector(".theirs")?.remove();
  form.append(shown);
}

// The list, the panels and the boxes as they are after a save; what is typed meanwhile stays.
async function refresh() {
  const current = currentDoubt()?.dataset.doubt;
  const address = current ? `/review/${documentId}?${review.dataset.pass}d=${current}` : location.href;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("doubts").replaceWith(fresh.getElementById("doubts"));
  document.querySelector(".review-head").replaceWith(fresh.querySelector(".review-head"));
  for (const old of document.querySelectorAll("template[data-panel]")) old.remove();
  document.querySelector("main").append(...fresh.querySelectorAll("template[data-panel]"));
  for (const sheet of fresh.querySelectorAll(".sheet")) {
    document.querySelector(`#${sheet.id} svg`)?.replaceWith(sheet.querySelector("svg"));
  }
  const now = currentDoubt()?.dataset.doubt ?? current;
  if (now && now !== current) for (const each of doubts()) each.toggleAttribute("aria-current", false);
  if (current) {
    const target = document.querySelector(`[data-doubt="${current}"]`);
    for (const each of doubts()) each.removeAttribute("aria-current");
    target?.setAttribute("aria-current", "true");
  }
  const typing = panel.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  const template = document.querySelector(`template[data-panel="${current}"]`);
  if (!typing && template) put(template.content.cloneNode(true));
  const here = currentDoubt();
  if (here) light(here.dataset.at, here.dataset.items);
}

async function undo(verdict) {
  const { status: code, said } = await send({ document: documentId, verdict });
  if (code !== 201) {
    live.textContent = said.message ?? say("Unsaved");
    status(said.message ?? say("Unsaved"), true);
    return;
  }
  await refresh();
  live.textContent = say(said.shown ? "Saved" : "Later");
  status(live.textContent);
}

panel.addEventListener("submit", (event) => {
  const form = event.target;
  const verdict = event.submitter?.value;
  if (!form.dataset.kind || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (verdict === "undo" || verdict === "redo") undo(verdict);
  else save(form, verdict, { go: form.dataset.kind === "text" || form.dataset.kind === "verdict" });
});

// --- pointing ------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const doubt = event.target.closest("[data-doubt] a");
  const box = event.target.closest("[data-box]");
  const cell = event.target.closest("[data-open]");
  if (doubt) {
    event.preventDefault();
    open(doubt.closest("[data-doubt]").dataset.doubt);
  } else if (box) {
    event.preventDefault();
    if (box.dataset.number !== "0") open(box.dataset.number);
    else openPlace(box.dataset.box);
  } else if (cell) {
    event.preventDefault();
    openPlace(cell.dataset.open);
  }
  const done = event.target.closest("[data-do]")?.dataset.do;
  if (done === "help") help.showModal();
  if (done === "close") help.close();
  if (done === "toggle-keys") toggleKeys();
});

// --- keys: by place on the keyboard, and none that an input method needs --------------------------

const press = (selector) => panel.querySelector(selector)?.click();
const keysOn = () => localStorage.getItem("keys") !== "off";

function toggleKeys() {
  localStorage.setItem("keys", keysOn() ? "off" : "on");
  nameKeys();
}

function nameKeys() {
  help.querySelector("[data-do=toggle-keys]").textContent = say(keysOn() ? "Off" : "On");
}

function zoom(by) {
  const now = Number([...pages.classList].find((name) => name.startsWith("zoom-"))?.slice(5) ?? 1);
  const next = Math.min(4, Math.max(1, now + by));
  pages.classList.remove(`zoom-${now}`);
  pages.classList.add(`zoom-${next}`);
  const rect = pages.querySelector("[data-current]");
  if (rect) show(rect);
}

function turn(by) {
  const sheets = [...pages.querySelectorAll(".sheet")];
  const top = pages.getBoundingClientRect().top;
  const at = sheets.findLastIndex((sheet) => sheet.getBoundingClientRect().top <= top + 20);
  sheets[Math.min(sheets.length - 1, Math.max(0, at + by))]?.scrollIntoView({ block: "start" });
}

const PLAIN = {
  KeyN: () => step(1),
  ArrowDown: () => step(1),
  KeyP: () => step(-1),
  ArrowUp: () => step(-1),
  KeyC: () => press("button[value=confirm]"),
  KeyB: () => press("button[value=postpone]"),
  KeyU: () => undo("undo"),
  KeyG: () => {
    const text = panel.querySelector(".as-read")?.textContent;
    if (text) location.href = `/groups?text=${encodeURIComponent(text)}`;
  },
  KeyM: () => press("[data-kind=join] button"),
  KeyI: () => panel.querySelector("[data-history]")?.toggleAttribute("open"),
  KeyH: () => pages.classList.toggle("no-boxes"),
  Equal: () => zoom(1),
  NumpadAdd: () => zoom(1),
  Minus: () => zoom(-1),
  NumpadSubtract: () => zoom(-1),
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  Slash: () => help.showModal(),
  Enter: () => {
    const typed = field();
    if (!typed) return;
    typed.focus();
    typed.setSelectionRange(typed.value.length, typed.value.length);
  },
};
const SHIFTED = {
  KeyU: () => undo("redo"),
  KeyN: () => document.querySelector("[data-next-document]")?.click(),
  Slash: () => help.showModal(),
  Equal: () => zoom(1),
};

function candidate(number) {
  const choices = panel.querySelectorAll("[data-kind=agency] input[type=radio]");
  const choice = choices[number - 1];
  if (!choice) return;
  choice.checked = true;
  const form = choice.closest("form");
  form.requestSubmit(form.querySelector("button[value=correct]"));
}

function inField(event) {
  return event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || help.open || !keysOn()) return;
  const { code, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey && !altKey && !metaKey && !shiftKey && (code === "Enter" || code === "NumpadEnter")) {
    event.preventDefault();
    press("[data-kind=text] button[value=correct]");
    return;
  }
  if (inField(event)) {
    if (code === "Escape") {
      event.target.blur();
      panel.focus({ preventScroll: true });
    }
    return;
  }
  if (altKey && !ctrlKey && !metaKey && /^Digit[1-3]$/.test(code)) {
    event.preventDefault();
    candidate(Number(code.slice(5)));
    return;
  }
  if (ctrlKey || altKey || metaKey) return;
  if (code === "Enter" && event.target.closest("a, button, summary, input")) return;
  const does = (shiftKey ? SHIFTED : PLAIN)[code];
  if (!does) return;
  event.preventDefault();
  does();
});

addEventListener("beforeunload", (event) => {
  if (waiting > 0) event.preventDefault();
});

// --- who else is here --------------------------------------------------------------------------

async function lookAround() {
  if (document.hidden) return;
  try {
    const names = await (await fetch(`/review/${documentId}/here`)).json();
    const shown = document.querySelector("[data-others]");
    const text = names.length ? shown.dataset.text.replace("{}", names.join(", ")) : "";
    if (text !== shown.textContent) shown.textContent = text;
    shown.hidden = !names.length;
  } catch {
    // The server is away for a moment; what is typed is safe.
  }
}
setInterval(lookAround, 20_000);

nameKeys();
restore();
{
  const here = currentDoubt();
  const rect = pages.querySelector("[data-current]");
  here?.scrollIntoView({ block: "nearest" });
  if (rect) show(rect);
  else if (here && /^\d+$/.test(here.dataset.at)) light(here.dataset.at);
}
