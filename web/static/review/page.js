// What all parts of the review page work on, and what they tell.

export const review = document.querySelector(".review");
export const panel = document.getElementById("panel");
export const pages = document.getElementById("pages");
export const documentId = review.dataset.document;
const live = document.querySelector("[data-live]");

export const doubts = () => [...document.querySelectorAll("[data-doubt]")];
export const doubtOf = (number) => document.querySelector(`[data-doubt="${number}"]`);
export const currentDoubt = () => document.querySelector("[data-doubt][aria-current]");

// Doubts that something was said of which the list does not show yet.
export const onTheWay = new Set();

// The doubt behind this one; behind the last, the first that was passed over. A place that is not
// in the list (number 0) has none.
export function nextOf(number) {
  const here = doubtOf(number);
  if (!here) return undefined;
  const open = ({ dataset }) =>
    dataset.state === "to-review" && dataset.doubt !== number && !onTheWay.has(dataset.doubt);
  return (here.nextElementSibling ?? doubts().find(open))?.dataset.doubt;
}

export const body = () => panel.querySelector(".panel-body");

export const inField = (element) => element.closest?.("input:not([type=radio]), textarea, select, [contenteditable]");

// For who does not see the page.
export function announce(text) {
  live.textContent = text;
}

// Beside the field.
export function status(text, unsaved = false) {
  const shown = panel.querySelector("[data-status]");
  if (!shown) return;
  shown.textContent = text;
  shown.classList.toggle("unsaved", unsaved);
}
