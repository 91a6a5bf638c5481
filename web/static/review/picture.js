// The pages with their boxes: which is lit, how large they are shown.

import { pages } from "./page.js";

// Light the box of a place, and those of its rows; where it is no more than a page, show that.
export function light(at, items = "") {
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
  if (at === "") pages.scrollTop = 0; // the title block stands on the first page
}

// Bring a box into the middle of the frame.
export function show(rect) {
  const sheet = rect.closest(".sheet");
  sheet.querySelector("img").loading = "eager";
  const box = rect.getBoundingClientRect();
  const frame = pages.getBoundingClientRect();
  pages.scrollTop += box.top - frame.top - Math.max(10, (frame.height - box.height) / 3);
  pages.scrollLeft += box.left - frame.left - Math.max(10, (frame.width - box.width) / 2);
}

export function zoom(by) {
  const now = Number([...pages.classList].find((name) => name.startsWith("zoom-"))?.slice(5) ?? 1);
  const next = Math.min(4, Math.max(1, now + by));
  pages.classList.remove(`zoom-${now}`);
  pages.classList.add(`zoom-${next}`);
  const rect = pages.querySelector("[data-current]");
  if (rect) show(rect);
}

export function turn(by) {
  const sheets = [...pages.querySelectorAll(".sheet")];
  const top = pages.getBoundingClientRect().top;
  const at = sheets.findLastIndex((sheet) => sheet.getBoundingClientRect().top <= top + 20);
  sheets[Math.min(sheets.length - 1, Math.max(0, at + by))]?.scrollIntoView({ block: "start" });
}

export const toggleBoxes = () => pages.classList.toggle("no-boxes");
