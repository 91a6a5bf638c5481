// The review page: keys, boxes, saving without leaving the page. Without it every form still works.

import { conflict, done, failed, save, saveHead, undo } from "./review/corrections.js";
import { restore } from "./review/drafts.js";
import { currentDoubt, documentId, doubts, pages, panel } from "./review/page.js";
import { light, show } from "./review/picture.js";
import { open, openPlace } from "./review/places.js";
import { refresh } from "./review/refresh.js";
import { sendWhenBack } from "./review/saving.js";
import "./review/keys.js";
import "./review/presence.js";

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
  // Off the link, so that Enter edits.
  if (doubt || box || cell) panel.focus({ preventScroll: true });
});

// What was kept while there was no connection is answered now.
sendWhenBack(async ({ sent, at }, code, said) => {
  if (sent.document !== documentId) return;
  await refresh();
  if (code === 201) return done(said);
  const doubt = doubts().find((each) => each.dataset.at === at);
  if (doubt) open(doubt.dataset.doubt, { quiet: true });
  else await openPlace(at);
  const form = panel.querySelector(sent.page || sent.cell ? "[data-kind=text], [data-kind=verdict]" : ".head-form");
  if (code === 409 && form) conflict(form, sent.verdict, said);
  else failed(code, said);
});

restore();
{
  const here = currentDoubt();
  const rect = pages.querySelector("[data-current]");
  here?.scrollIntoView({ block: "nearest" });
  if (rect) show(rect);
  else if (here && /^\d+$/.test(here.dataset.at)) light(here.dataset.at);
}
