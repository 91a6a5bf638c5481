// What a person says of a place, on its way into the log.

import { draftKey } from "./drafts.js";
import { announce, body, documentId, nextOf, onTheWay, panel, status } from "./page.js";
import { open } from "./places.js";
import { refresh } from "./refresh.js";
import { forget, keepForLater, post, say } from "./saving.js";

const LOOK = 1500; // ms between looks at whether a document has been read anew
const SENT = ["page", "bbox", "cell", "column", "field", "value", "base", "undoes"];

function asked(form, verdict) {
  const values = Object.fromEntries(new FormData(form));
  const named = SENT.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]);
  return { document: documentId, verdict, ...Object.fromEntries(named) };
}

export async function save(form, verdict, { go = true } = {}) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const { number, at } = body().dataset;
  const typed = form.querySelector("[data-value]");
  const draft = typed ? draftKey(typed) : "";
  const sent = asked(form, verdict);
  if (go) onTheWay.add(number);
  const next = go && nextOf(number);
  const ahead = next && !typed; // nothing was typed: the next one is shown at once
  if (ahead) open(next, { quiet: true });
  status(say("Saving"));
  const { code, said } = await post(sent);
  delete form.dataset.busy;
  if (code !== 201) onTheWay.delete(number);
  if (code === 201) {
    if (draft) forget(draft);
    if (next && !ahead) goOn(next);
    await refresh();
    onTheWay.delete(number);
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

// Each field of the title block that was changed is one correction.
export async function saveHead(form) {
  const inputs = [...form.querySelectorAll("input[id]")].filter((each) => each.value !== each.defaultValue);
  if (!inputs.length) return status(say("Nothing"));
  status(say("Saving"));
  const { number, at } = body().dataset;
  let last = { shown: true };
  for (const input of inputs) {
    const base = form.elements.base.value;
    const sent = { document: documentId, verdict: "correct", field: input.name, value: input.value, base };
    const { code, said } = await post(sent);
    if (code === 409) return conflict(form, "correct", said);
    if (code === 0 || code === 503) keepForLater(sent, at, draftKey(input));
    if (code !== 201) return failed(code, said);
    forget(draftKey(input));
    last = said;
  }
  const next = nextOf(number);
  if (form.contains(document.activeElement)) document.activeElement.blur();
  if (next) goOn(next);
  await refresh();
  done(last);
}

export async function undo(verdict, undoes) {
  const { code, said } = await post({ document: documentId, verdict, undoes });
  if (code !== 201) return failed(code, said);
  await refresh();
  done(said);
}

function goOn(next) {
  open(next, { quiet: true });
  status(say("Saving"));
}

export function done(said) {
  const told = say(said.shown ? "Saved" : "Later");
  announce(told);
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

export function failed(code, said) {
  const text = said.message ?? say(code === 401 || code === 403 ? "Session" : "Unsaved");
  const told = said.message ? `${say("Not")} ${text}` : text;
  status(told, true);
  announce(told);
}

// Both values are shown; what was typed stays in its field until one of them is chosen.
export function conflict(form, verdict, said) {
  status(say("Conflict"), true);
  announce(say("Conflict"));
  const shown = document.createElement("div");
  shown.className = "theirs";
  const text = document.createElement("p");
  text.textContent = `${said.theirs.who}: “${said.theirs.value ?? said.theirs.told}”`;
  const mine = choice("Mine", () => {
    form.elements.base.value = said.theirs.number;
    shown.remove();
    if (form.matches(".head-form")) saveHead(form);
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

function choice(name, does) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(name);
  button.addEventListener("click", does);
  return button;
}
