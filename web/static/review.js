// The review page: keys, boxes, saving without leaving the page. Without it every form still works.

import { forget, keepForLater, mark, post, say, sendWhenBack } from "./saving.js";

const review = document.querySelector(".review");
const panel = document.getElementById("panel");
const pages = document.getElementById("pages");
const live = document.querySelector("[data-live]");
const help = document.getElementById("help");
const documentId = review.dataset.document;
const LOOK = 1500; // ms between looks at whether a document has been read anew

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

async function panelOf(at) {
  const answer = await fetch(`/review/${documentId}/panel?at=${encodeURIComponent(at)}`);
  if (!answer.ok) return null;
  const held = document.createElement("template");
  held.innerHTML = await answer.text();
  return held.content;
}

async function openPlace(at) {
  const content = await panelOf(at);
  if (!content) return;
  for (const each of doubts()) each.removeAttribute("aria-current");
  put(content);
  const box = document.querySelector(`[data-box="${CSS.escape(at)}"]`);
  light(at, box ? box.dataset.of : "");
  history.replaceState(null, "", `?at=${encodeURIComponent(at)}`);
}

function step(by) {
  const all = doubts();
  if (!all.length) return;
  const at = all.indexOf(currentDoubt());
  open(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))].dataset.doubt);
}

// --- drafts: what was typed and not saved outlives the page --------------------------------------

const fields = () => panel.querySelectorAll("[data-value], .head-form input[id]");
const nameOf = (typed) => (typed.matches("[data-value]") ? "" : ` ${typed.name}`);
const draftKey = (typed) => `draft ${review.dataset.sha} ${body()?.dataset.at}${nameOf(typed)}`;

function restore() {
  for (const typed of fields()) {
    const draft = JSON.parse(localStorage.getItem(draftKey(typed)));
    if (draft === null || draft.value === typed.value) continue;
    typed.value = draft.value;
    typed.form.elements.base.value = draft.base; // what was seen when it was typed
    status(say("Draft"), true);
  }
}

panel.addEventListener("input", (event) => {
  if (![...fields()].includes(event.target)) return;
  const typed = event.target;
  const draft = typed.value !== typed.defaultValue;
  const held = JSON.stringify({ value: typed.value, base: typed.form.elements.base.value });
  if (draft) localStorage.setItem(draftKey(typed), held);
  else localStorage.removeItem(draftKey(typed));
  status(draft ? say("Draft") : "", draft);
  mark();
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
  for (const name of ["page", "bbox", "cell", "column", "field", "value", "base", "undoes"]) {
    if (fields[name] !== undefined) sent[name] = fields[name];
  }
  return sent;
}

async function save(form, verdict, { go = true } = {}) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const { number, at } = body().dataset;
  const typed = form.querySelector("[data-value]");
  const draft = typed ? draftKey(typed) : "";
  const sent = asked(form, verdict);
  const next = document.querySelector(`[data-doubt="${number}"]`)?.nextElementSibling?.dataset.doubt;
  const ahead = go && next && !typed; // nothing was typed: the next one is shown at once
  status(say("Saving"));
  if (ahead) open(next, { quiet: true });
  const { code, said } = await post(sent);
  delete form.dataset.busy;
  if (code === 201) {
    if (draft) forget(draft);
    if (go && next && !ahead) open(next, { quiet: true });
    await refresh();
    done(said);
  } else if (code === 409) {
    if (ahead) open(number, { quiet: true });
    conflict(ahead ? panel.querySelector(`[data-kind=${form.dataset.kind}]`) : form, verdict, said);
  } else {
    if (code === 0 || code === 503) keepForLater(sent, at, draft);
    if (ahead && code !== 0) open(number, { quiet: true });
    failed(code, said);
  }
}

function done(said) {
  const told = say(said.shown ? "Saved" : "Later");
  live.textContent = told;
  status(told);
  if (!said.shown) showWhenRead();
}

// The document is being read anew: what was saved shows when that is done.
let waitsForReading = false;
async function showWhenRead() {
  if (waitsForReading) return;
  waitsForReading = true;
  let reading = true;
  while (reading) {
    await new Promise((go) => setTimeout(go, LOOK));
    reading = await fetch(`/review/${documentId}/here`)
      .then((answer) => answer.json())
      .then((here) => here.reading, () => true);
  }
  waitsForReading = false;
  await refresh();
  done({ shown: true });
}

function failed(code, said) {
  const text = said.message ?? say(code === 401 || code === 403 ? "Session" : "Unsaved");
  const told = said.message ? `${say("Not")} ${text}` : text;
  status(told, true);
  live.textContent = told;
}

// Each field of the title block that was changed is one correction.
async function saveHead(form) {
  const inputs = [...form.querySelectorAll("input[id]")].filter((each) => each.value !== each.defaultValue);
  status(say("Saving"));
  const { number } = body().dataset;
  let last = { shown: true };
  for (const input of inputs) {
    const base = form.elements.base.value;
    const sent = { document: documentId, verdict: "correct", field: input.name, value: input.value, base };
    const { code, said } = await post(sent);
    if (code === 409) return conflict(form, "correct", said, sent);
    if (code === 0 || code === 503) keepForLater(sent, body().dataset.at, draftKey(input));
    if (code !== 201) return failed(code, said);
    forget(draftKey(input));
    last = said;
  }
  const here = document.querySelector(`[data-doubt="${number}"]`);
  const next = here?.nextElementSibling?.dataset.doubt;
  if (next && form.contains(document.activeElement)) document.activeElement.blur();
  if (next) open(next, { quiet: true });
  await refresh();
  done(last);
}

// Both values are shown; what was typed stays in its field until one of them is chosen.
function conflict(form, verdict, said, ofHead = null) {
  status(say("Conflict"), true);
  live.textContent = say("Conflict");
  const shown = document.createElement("div");
  shown.className = "theirs";
  const text = document.createElement("p");
  text.textContent = `${said.theirs.who}: “${said.theirs.value ?? said.theirs.told}”`;
  const choice = (name, does) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(name);
    button.addEventListener("click", does);
    return button;
  };
  const mine = choice("Mine", () => {
    form.elements.base.value = said.theirs.number;
    shown.remove();
    if (ofHead) saveHead(form);
    else save(form, verdict);
  });
  const theirs = choice("Theirs", () => {
    for (const typed of form.querySelectorAll("[data-value], input[id]")) forget(draftKey(typed));
    location.reload();
  });
  shown.append(text, mine, " ", theirs);
  form.querySelector(".theirs")?.remove();
  form.append(shown);
  mine.focus();
}

// The list, the panels and the boxes as they are after a save; what is typed meanwhile stays.
async function refresh() {
  const current = currentDoubt()?.dataset.doubt;
  const at = current ? null : body()?.dataset.at;
  const address = current ? `/review/${documentId}?${review.dataset.pass}d=${current}` : location.href;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = currentDoubt()?.dataset.doubt; // it may be another by now
  document.getElementById("doubts").replaceWith(fresh.getElementById("doubts"));
  for (const name of [".review-head", ".stage"]) {
    document.querySelector(name).replaceWith(fresh.querySelector(name));
  }
  for (const old of document.querySelectorAll("template[data-panel]")) old.remove();
  document.querySelector("main").append(...fresh.querySelectorAll("template[data-panel]"));
  for (const sheet of fresh.querySelectorAll(".sheet")) {
    document.querySelector(`#${sheet.id} svg`)?.replaceWith(sheet.querySelector("svg"));
  }
  for (const each of doubts()) each.removeAttribute("aria-current");
  document.querySelector(`[data-doubt="${now}"]`)?.setAttribute("aria-current", "true");
  const typing = panel.contains(document.activeElement) && inField({ target: document.activeElement });
  const template = document.querySelector(`template[data-panel="${now}"]`);
  if (!typing && template) put(template.content.cloneNode(true));
  else if (!typing && at) await renewPlace(at);
  const here = currentDoubt();
  if (here) light(here.dataset.at, here.dataset.items);
  mark();
}

// The place may be gone, or another place may have been opened meanwhile.
async function renewPlace(at) {
  const content = await panelOf(at);
  if (!content || body()?.dataset.at !== at) return;
  put(content);
  light(at, document.querySelector(`[data-box="${CSS.escape(at)}"]`)?.dataset.of);
}

async function undo(verdict, undoes) {
  const { code, said } = await post({ document: documentId, verdict, undoes });
  if (code !== 201) return failed(code, said);
  await refresh();
  done(said);
}

panel.addEventListener("submit", (event) => {
  const form = event.target;
  const verdict = event.submitter?.value;
  if (event.submitter?.hasAttribute("formaction")) return;
  if (form.matches(".head-form")) {
    event.preventDefault();
    saveHead(form);
  }
  if (!form.dataset.kind) return;
  event.preventDefault();
  if (verdict === "undo" || verdict === "redo") undo(verdict, form.elements.undoes?.value);
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
    const text = body()?.dataset.text;
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
    const typed = field() ?? panel.querySelector(".head-form input[id]");
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
  const choices = panel.querySelectorAll("[data-by-key] input[type=radio]");
  const choice = choices[number - 1];
  if (!choice) return;
  choice.checked = true;
  const form = choice.closest("form");
  form.requestSubmit(form.querySelector("button[value=correct]"));
}

function inField(event) {
  return event.target.closest?.("input:not([type=radio]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || help.open || !keysOn()) return;
  const { code, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey && !altKey && !metaKey && !shiftKey && (code === "Enter" || code === "NumpadEnter")) {
    event.preventDefault();
    press("[data-kind=text] button[value=correct], .head-form button");
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
  if (code === "Enter" && event.target.closest?.("a, button, summary, input")) return;
  const does = (shiftKey ? SHIFTED : PLAIN)[code];
  if (!does) return;
  event.preventDefault();
  does();
});

// --- who else is here --------------------------------------------------------------------------

async function lookAround() {
  if (document.hidden) return;
  try {
    const { others, holder } = await (await fetch(`/review/${documentId}/here`)).json();
    const shown = document.querySelector("[data-others]");
    tell(shown.querySelector("[data-here]"), shown.dataset.text, others.join(", "));
    const held = shown.querySelector("[data-holder]");
    tell(held.querySelector("span"), shown.dataset.held, holder);
    held.hidden = !holder;
  } catch {
    // The server is away for a moment; what is typed is safe.
  }
}

function tell(element, text, names) {
  const told = names ? text.replace("{}", names) : "";
  if (told !== element.textContent) element.textContent = told;
  element.hidden = !names;
}
setInterval(lookAround, 20_000);
document.addEventListener("visibilitychange", lookAround);

// What was kept while there was no connection is answered now.
sendWhenBack(async ({ sent, at }, code, said) => {
  if (sent.document !== documentId) return;
  await refresh();
  if (code === 201) return done(said);
  const doubt = doubts().find((each) => each.dataset.at === at);
  if (doubt) open(doubt.dataset.doubt, { quiet: true });
  else await openPlace(at);
  const form = panel.querySelector(sent.page || sent.cell ? "[data-kind=text], [data-kind=verdict]" : ".head-form");
  if (code === 409 && form) conflict(form, sent.verdict, said, form.matches(".head-form"));
  else failed(code, said);
});
nameKeys();
restore();
{
  const here = currentDoubt();
  const rect = pages.querySelector("[data-current]");
  here?.scrollIntoView({ block: "nearest" });
  if (rect) show(rect);
  else if (here && /^\d+$/.test(here.dataset.at)) light(here.dataset.at);
}
