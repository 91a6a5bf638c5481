// Keys: by place on the keyboard, and none that an input method needs.

import { undo } from "./corrections.js";
import { body, inField, panel } from "./page.js";
import { toggleBoxes, turn, zoom } from "./picture.js";
import { step } from "./places.js";
import { say } from "./saving.js";

const help = document.getElementById("help");
const press = (selector) => panel.querySelector(selector)?.click();
const keysOn = () => localStorage.getItem("keys") !== "off";

function toggleKeys() {
  localStorage.setItem("keys", keysOn() ? "off" : "on");
  nameKeys();
}

function nameKeys() {
  help.querySelector("[data-do=toggle-keys]").textContent = say(keysOn() ? "Off" : "On");
}

function gather() {
  const text = body()?.dataset.text;
  if (text) location.href = `/groups?text=${encodeURIComponent(text)}`;
}

function edit() {
  const typed = panel.querySelector("[data-value]") ?? panel.querySelector(".head-form input[id]");
  if (!typed) return;
  typed.focus();
  typed.setSelectionRange(typed.value.length, typed.value.length);
}

const PLAIN = {
  KeyN: () => step(1),
  ArrowDown: () => step(1),
  KeyP: () => step(-1),
  ArrowUp: () => step(-1),
  KeyC: () => press("button[value=confirm]"),
  KeyB: () => press("button[value=postpone]"),
  KeyU: () => undo("undo"),
  KeyG: gather,
  KeyM: () => press("[data-kind=join] button"),
  KeyI: () => panel.querySelector("[data-history]")?.toggleAttribute("open"),
  KeyH: toggleBoxes,
  Equal: () => zoom(1),
  NumpadAdd: () => zoom(1),
  Minus: () => zoom(-1),
  NumpadSubtract: () => zoom(-1),
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  Slash: () => help.showModal(),
  Enter: edit,
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

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || help.open || !keysOn()) return;
  const { code, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey && !altKey && !metaKey && !shiftKey && (code === "Enter" || code === "NumpadEnter")) {
    event.preventDefault();
    press("[data-kind=text] button[value=correct], .head-form button");
    return;
  }
  if (inField(event.target)) {
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

document.addEventListener("click", (event) => {
  const done = event.target.closest("[data-do]")?.dataset.do;
  if (done === "help") help.showModal();
  if (done === "close") help.close();
  if (done === "toggle-keys") toggleKeys();
});
nameKeys();
