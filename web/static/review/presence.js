// Who else looks at this document, and who reviews it.

import { documentId } from "./page.js";

const LOOK = 20_000; // ms between looks

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

setInterval(lookAround, LOOK);
document.addEventListener("visibilitychange", lookAround);
