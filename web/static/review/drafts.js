// What was typed and not saved outlives the page.

import { body, panel, review, status } from "./page.js";
import { mark, say } from "./saving.js";

const fields = () => panel.querySelectorAll("[data-value], .head-form input[id]");
const nameOf = (typed) => (typed.matches("[data-value]") ? "" : ` ${typed.name}`);
export const draftKey = (typed) => `draft ${review.dataset.sha} ${body()?.dataset.at}${nameOf(typed)}`;

// Put what was typed before into the fields of the panel.
export function restore() {
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
