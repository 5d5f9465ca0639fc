// The register at the door. Without this every button sends its form and the page comes back. With it a tap is written
// to the phone first, shown at once, and sent when there is a signal; where a browser has no store for that, htmx
// sends each tap by itself as before.
import { draw } from "./register/drawing.js";
import { keep } from "./register/keeping.js";
import { Outbox, ready } from "./register/outbox.js";
import { Sender } from "./register/sending.js";
import { knownState } from "./register/state.js";

const kept = document.getElementById("register-kept");
const trouble = document.getElementById("register-trouble");

// The bars grow with what they say, and with the letters of whoever has made them larger.
const root = document.documentElement;
const bars = new ResizeObserver((seen) => {
  for (const { target } of seen) root.style.setProperty(`--${target.classList[0]}`, `${target.offsetHeight + 6}px`);
});
for (const bar of document.querySelectorAll(".register-head, .register-bar")) bars.observe(bar);

const say = (text) => {
  trouble.textContent = text;
  trouble.hidden = !text;
};

function sayTrouble(text, isSignedOut) {
  say(text);
  if (!isSignedOut) return;
  const link = document.createElement("a");
  link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = "Sign in";
  trouble.append(" ", link);
}

async function workOffline() {
  const outbox = new Outbox(document.body.dataset.account, kept.dataset.taps);
  let state = await knownState(outbox.register);
  let rows = [];
  const redraw = async () => {
    rows = draw(state, await outbox.taps());
    for (const link of document.querySelectorAll("[data-instead]")) link.href = `${kept.dataset.add}?instead=${link.dataset.instead}`;
  };
  const sender = new Sender(outbox, kept.dataset.day, async (heard) => {
    if (heard.state) state = { ...state, ...heard.state };
    sayTrouble(heard.trouble, heard.isSignedOut);
    await redraw();
  });
  // Taps are written one after the other, so that whoever sends the register can wait for the last of them.
  let writing = Promise.resolve();
  const tap = async (...said) => {
    const written = writing.then(() => outbox.add(...said));
    writing = written.catch(() => {});
    await written;
    await redraw();
    sender.send();
  };

  // Before htmx hears of it.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const isRest = form.id === "register-everyone";
      if (!form.dataset.booking && !isRest) return;
      event.preventDefault();
      event.stopPropagation();
      const said = isRest ? restOf(rows) : [markOf(form, event.submitter)];
      tap(...said).catch(() => say("That could not be written to this phone: it may be full. Nothing was marked."));
      form.closest("details")?.removeAttribute("open");
    },
    { capture: true },
  );
  document.addEventListener("click", async (event) => {
    const { takeOff } = event.target.dataset;
    if (takeOff) {
      await outbox.remove((await outbox.taps()).filter((one) => one.uuid === takeOff));
      await redraw();
    }
    if (event.target.closest(".register-unsent__now")) {
      if (navigator.onLine) sender.send();
      else say("There is still no signal. Nothing is lost: it is all kept on this phone.");
    }
  });
  // The register goes as a whole: first what is not sent yet. The link waits for it, or somebody who is here would be
  // sent as missing.
  for (const link of document.querySelectorAll("[data-sends]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await writing;
      if ((await outbox.taps()).length) await sender.send();
      if ((await outbox.taps()).length) say("Some of it is not sent yet. Send the register once the top line says “0 not sent”.");
      else location.assign(link.href);
    });
  }
  addEventListener("offline", redraw);
  addEventListener("online", redraw);
  await redraw();
  sender.send();
}

const restOf = (rows) =>
  rows.filter((row) => row.mark === "expected").map((row) => ({ kind: "rest", booking: row.booking, mark: "present" }));

const markOf = (form, button) => ({
  kind: "mark",
  booking: form.dataset.booking,
  mark: button.value,
  at_time: form.elements.at_time && ["late", "left_early"].includes(button.value) ? form.elements.at_time.value : "",
  note: form.elements.note?.value || "",
});

function workOnline() {
  // Signed out meanwhile, or sent elsewhere: the answer is another page. Load this one anew instead of putting it in a row.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const asked = new URL(requestConfig.path, window.location.href).pathname;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => say("That was not saved: no signal. Tap again when you have some."));
  }
  document.body.addEventListener("htmx:responseError", () => say("That was not saved. Load the page again and tap once more."));
  document.body.addEventListener("htmx:afterSwap", () => say(""));
}

document.getElementById("register-reported").hidden = location.hash !== "#register-reported";

// Nothing to tap on a register that is closed: then only what is kept is looked after.
if (document.getElementById("register-blank")) {
  await ready().then(workOffline, workOnline);
}
await keep(kept);
