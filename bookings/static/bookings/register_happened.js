// "Something happened", with or without a signal: the report is written to the phone and sent like a mark.
import { Outbox, ready } from "./register/outbox.js";

const kept = document.getElementById("register-kept");
const form = document.getElementById("happened-form");

async function start() {
  const outbox = new Outbox(document.body.dataset.account, kept.dataset.taps);
  const wrong = (await outbox.taps()).find((tap) => tap.uuid === new URLSearchParams(location.search).get("change"));
  if (wrong) {
    for (const name of ["at_time", "told", "done"]) form.elements[name].value = wrong[name] || "";
    document.getElementById(`what-${wrong.what}`)?.click();
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [what, at_time, told, done] = ["what", "at_time", "told", "done"].map((name) => form.elements[name].value.trim());
    const trouble = document.getElementById("register-add-trouble");
    trouble.hidden = Boolean(what);
    trouble.textContent = what ? "" : "Choose what happened.";
    if (!what) return form.elements.what[0].focus();
    await outbox.add({ kind: "incident", what, at_time, told, done, corrects: wrong?.uuid || "" });
    return location.assign(`${kept.dataset.page}#register-reported`);
  });
}

await ready().then(start, () => {});
