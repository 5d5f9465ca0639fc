// Roll call without a signal: whoever is in the room by what was tapped on this phone, not only by what was sent.
import { Outbox, ready } from "./register/outbox.js";
import { knownState, merged } from "./register/state.js";

const byId = (id) => document.getElementById(id);
const address = byId("register-kept").dataset.taps;

// With a signal what the server says now, else what it said last.
async function stateNow() {
  if (!navigator.onLine) return knownState(address);
  const answer = await fetch(address, { redirect: "manual" }).catch(() => undefined);
  return answer?.ok ? answer.json() : knownState(address);
}

async function start() {
  const taps = await new Outbox(document.body.dataset.account, address).taps();
  const state = await stateNow();
  if (!state) return;
  const here = merged(state, taps).filter((row) => state.words.here.includes(row.mark));
  const isHere = new Set(here.map((row) => `call-${row.booking}`));
  for (const line of document.querySelectorAll("[id^=call-]")) if (!isHere.has(line.id)) line.remove();
  for (const row of here) if (!byId(`call-${row.booking}`)) byId(row.need ? "roll-helped" : "roll-others").append(lineOf(row));
  for (const section of document.querySelectorAll("[data-roll]")) section.hidden = !section.querySelector("li");
  byId("roll-number").textContent = here.length;
  byId("roll-nobody").hidden = here.length > 0;
  byId("roll-clock").textContent = new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
}

function lineOf(row) {
  const line = byId("roll-blank").content.cloneNode(true).querySelector("li");
  line.id = `call-${row.booking}`;
  line.querySelector("[data-name]").textContent = row.name;
  line.querySelector("small").textContent = row.need || row.agency;
  return line;
}

await ready().then(start, () => {});
