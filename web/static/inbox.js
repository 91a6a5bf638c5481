"use strict";
// Files are sent one after the other as they are dropped; the queue is looked at while it moves.

const drop = document.querySelector("[data-drop]");
const list = document.querySelector("[data-sending]");
const progress = document.querySelector("[data-progress]");
const csrf = drop.elements.csrf.value;
let sending = Promise.resolve();

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  list.append(line);
}

// Returns "" where the file was taken and stands in the queue, else what to tell of it.
async function send(file) {
  try {
    const answer = await fetch(`/api/inbox/${encodeURIComponent(file.name)}`, {
      method: "PUT",
      headers: { "x-csrf": csrf, "content-type": "application/octet-stream" },
      body: file,
    });
    if (answer.status === 201) return "";
    if (answer.status === 200) return list.dataset.textKnown;
    if (answer.status === 413) return list.dataset.textLarge; // a proxy may say it first, in its own words
    return (await answer.json()).message ?? list.dataset.textCut;
  } catch {
    return list.dataset.textCut;
  }
}

async function sendEach(files) {
  let taken = 0;
  list.replaceChildren();
  for (const [index, file] of files.entries()) {
    say("Sending", index + 1, files.length, file.name);
    const told = await send(file);
    if (told) note(`${file.name}: ${told}`);
    else taken += 1;
    await look();
  }
  say("Taken", taken, files.length);
}

function say(name, number, all, file = "") {
  const text = list.dataset["text" + name];
  progress.textContent = text.replace("{number}", number).replace("{all}", all).replace("{name}", () => file);
}

function sendChosen() {
  sendAll(drop.elements.file.files);
  drop.elements.file.value = "";
}

function sendAll(files) {
  const each = [...files]; // the field is emptied before their turn comes
  if (each.length) sending = sending.then(() => sendEach(each));
}

drop.querySelector("button").hidden = true; // what is chosen is sent at once
drop.elements.file.addEventListener("change", sendChosen);
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  sendAll(event.dataTransfer.files);
});

async function look() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["[data-counts]", "[data-queue] tbody"]) {
      const old = document.querySelector(part);
      const now = fresh.querySelector(part);
      if (old.innerHTML !== now.innerHTML && !old.contains(document.activeElement)) old.replaceWith(now);
    }
  } catch {
    // The server is away for a moment; the next look tells.
  }
}

const moving = () => document.querySelector("[data-queue] [data-state=waiting], [data-queue] [data-state=reading]");
setInterval(() => {
  if (moving() && !document.hidden) look();
}, 1000);
