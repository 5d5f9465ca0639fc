// Draws the register into the page that the server drew: its rows, its counts, its bar and what was refused.
import { merged, sentence } from "./state.js";

const byId = (id) => document.getElementById(id);
const BLANK = "BLANK-ROW";

// A row that the page does not have yet: somebody added here, or on another phone. Made from the server's own row.
function newRow(row) {
  const holder = document.createElement("template");
  holder.innerHTML = byId("register-blank").innerHTML.replaceAll(BLANK, row.booking);
  const line = holder.content.querySelector("li");
  line.querySelector("details .register-choice[data-instead]")?.toggleAttribute("hidden", row.booking.startsWith("new:"));
  byId("register-marked").querySelector("ul").append(line);
  return line;
}

function drawRow(row, words) {
  const line = byId(`row-${row.booking}`) || newRow(row);
  const part = (name) => line.querySelector(`.register-row__${name}`);
  const isMissing = row.mark === "expected";
  const isHere = words.here.includes(row.mark);
  line.classList.toggle("register-row--here", isHere);
  line.classList.toggle("register-row--away", !isHere && !isMissing);
  part("name").textContent = row.name;
  part("agency").textContent = (row.agency || "Organisation not said") + (row.origin ? ` · ${row.origin}` : "");
  part("state").hidden = isMissing;
  const tag = part("state").querySelector(".govuk-tag");
  tag.textContent = row.words;
  tag.className = `govuk-tag govuk-tag--${words.colours[row.mark] || "grey"}`;
  part("note").textContent = row.note;
  part("unsent").hidden = !row.unsent;
  const button = line.querySelector(".register-tap");
  if (!button) return;
  button.value = isMissing ? "present" : "expected";
  button.classList.toggle("register-tap--undo", !isMissing);
  button.querySelector(".register-tap__word").textContent = isMissing ? "Here" : "Undo";
  button.querySelector(".register-tap__name").textContent = row.name;
}

function drawBar(rows) {
  const isMissing = rows.some((row) => row.mark === "expected");
  const isAnyMarked = rows.some((row) => row.mark !== "expected");
  const send = byId("register-send");
  if (!send) return;
  const isTime = new Date(send.dataset.from) <= new Date();
  byId("register-everyone").hidden = !isMissing;
  byId("register-everyone").querySelector("button").textContent = isAnyMarked ? "Everyone else is here" : "Everyone is here";
  send.hidden = isMissing || !isTime || !rows.length;
  byId("register-said").hidden = isMissing || (isTime && rows.length > 0);
}

function drawUnsent(unsent) {
  byId("register-unsent").hidden = !unsent;
  byId("register-unsent-said").textContent = navigator.onLine
    ? `${unsent} not sent yet: kept on this phone.`
    : `No signal. ${unsent} kept on this phone, sent when there is one.`;
}

// Refused taps stay until they are put right: by marking again, by changing what was typed, or by taking them off.
function drawRefused(taps, rows, labels) {
  const list = byId("register-refused");
  list.replaceChildren(
    ...taps.map((tap) => {
      const item = document.createElement("li");
      const name = tap.name || rows.find((row) => row.booking === tap.booking)?.name || "Somebody";
      const what = tap.kind === "incident" ? "what you reported" : `${name}, ${labels[tap.mark] || "came"}`;
      const text = document.createElement("p");
      text.textContent = `Not taken: ${what}. ${tap.refusal}`;
      item.append(text);
      if (!tap.mark) item.append(changeLink(tap));
      item.append(takeOffButton(tap));
      return item;
    }),
  );
  list.hidden = !taps.length;
}

function changeLink(tap) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  const { add, happened } = byId("register-kept").dataset;
  link.href = `${tap.kind === "incident" ? happened : add}?change=${tap.uuid}`;
  link.textContent = "Change it";
  return link;
}

function takeOffButton(tap) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.takeOff = tap.uuid;
  button.textContent = "Take it off";
  return button;
}

export function draw(state, taps) {
  const rows = merged(state, taps);
  const refused = taps.filter((tap) => tap.refusal);
  const isShown = new Set(rows.map((row) => `row-${row.booking}`));
  for (const line of document.querySelectorAll(".register-row")) if (!isShown.has(line.id)) line.remove();
  for (const row of rows) drawRow(row, state.words);
  for (const id of ["register-missing", "register-marked"]) byId(id).hidden = !byId(id).querySelector("li");
  const counts = byId("register-counts");
  const said = sentence(state, rows, taps.length);
  if (counts.textContent !== said) counts.textContent = said;
  drawBar(rows);
  drawUnsent(taps.length - refused.length);
  drawRefused(refused, rows, state.words.labels);
  return rows;
}
