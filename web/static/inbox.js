"use strict";
// Files are sent one after the other as they are dropped; the queue is looked at while it moves.

const drop = document.querySelector("[data-drop]");
const list = document.querySelector("[data-sending]");
const csrf = drop.elements.csrf.value;
let sending = Promise.resolve();

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  list.append(line);
  return line;
}

async function send(file) {
  const line = note(`${file.name}: ${list.dataset.textSending}`);
  try {
    const answer = await fetch(`/api/inbox/${encodeURIComponent(file.name)}`, {
      method: "PUT",
      headers: { "x-csrf": csrf, "content-type": "application/octet-stream" },
      body: file,
    });
    const said = await answer.json();
    const told = answer.status === 201 ? list.dataset.textTaken : answer.status === 200 ? list.dataset.textKnown : said.message;
    line.textContent = `${file.name}: ${told ?? list.dataset.textCut}`;
  } catch {
    line.textContent = `${file.name}: ${list.dataset.textCut}`;
  }
  await look();
}

function sendAll(files) {
  for (const file of files) sending = sending.then(() => send(file));
}

drop.addEventListener("submit", (event) => {
  event.preventDefault();
  sendAll(drop.elements.file.files);
  drop.elements.file.value = "";
});
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
    const answer = await fetch("/inbox");
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = document.querySelector("[data-queue] tbody");
    const body = fresh.querySelector("[data-queue] tbody");
    if (old.innerHTML !== body.innerHTML && !old.contains(document.activeElement)) old.replaceWith(body);
  } catch {
    // The server is away for a moment; the next look tells.
  }
}

const moving = () => document.querySelector("[data-queue] [data-state=waiting], [data-queue] [data-state=reading]");
setInterval(() => {
  if (moving() && !document.hidden) look();
}, 1000);
