// "Add someone", with or without a signal: what was typed is written to the phone and sent from the register.
// ?instead=<booking>: they came instead of that person. ?change=<tap>: put right what the server refused.
import { Outbox, ready } from "./register/outbox.js";
import { knownState } from "./register/state.js";

const kept = document.getElementById("register-kept");
const form = document.querySelector("form.muster-form");
const asked = new URLSearchParams(location.search);

function complain(text) {
  const place = document.getElementById("register-add-trouble");
  place.textContent = text;
  place.hidden = !text;
  if (text) form.elements.name.focus();
}

async function start() {
  const outbox = new Outbox(document.body.dataset.account, kept.dataset.taps);
  const wrong = (await outbox.taps()).find((tap) => tap.uuid === asked.get("change"));
  const booking = asked.get("instead") || wrong?.booking || "";
  if (wrong) for (const name of ["name", "email", "agency"]) form.elements[name].value = wrong[name] || "";
  if (booking) {
    const state = await knownState(outbox.register);
    const old = state?.rows.find((row) => row.booking === booking);
    document.querySelector("h1").textContent = `Who came instead of ${old ? old.name : "them"}?`;
    document.getElementById("register-add-said").textContent = "They take this place, which costs nobody anything, and are marked as here.";
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [name, email, agency] = ["name", "email", "agency"].map((field) => form.elements[field].value.trim());
    if (!name) return complain("Enter their full name.");
    if (email && !form.elements.email.checkValidity()) return complain("Enter an e-mail address such as name@example.org, or leave it empty.");
    const kind = booking ? "instead" : "arrival";
    await outbox.add({ kind, booking, name, email, agency, corrects: wrong?.uuid || "" });
    return location.assign(kept.dataset.page);
  });
}

await ready().then(start, () => {});
