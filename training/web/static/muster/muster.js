document.body.classList.add("js-enabled", "govuk-frontend-supported");

// The address of GOV.UK Frontend comes from the page, because its file name carries a hash of its content.
const { initAll } = await import(document.getElementById("muster-script").dataset.govuk);
initAll();

// Parts that htmx brings in get their behaviour too. `initAll` looks below its scope only, so it is given the
// parent, and what is around the new part complains of being there already: that is no error.
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt.parentElement, onError: () => {} });
});

// A request that gives way to a newer one is no error, but htmx writes it to the console as one, unless the request
// itself says what its error is: none.
const sent = new WeakMap();
document.addEventListener("htmx:beforeSend", (event) => sent.set(event.target, event.detail));
document.addEventListener(
  "htmx:abort",
  (event) => {
    if (sent.has(event.target)) sent.get(event.target).error = "";
  },
  { capture: true },
);

// "Print this page" is a button that only works with script, so it appears only with script.
for (const button of document.querySelectorAll("[data-muster-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What was kept on this device goes when its day is over, and on signing out before the form is sent.
const { forgetAll, tidy } = await import(new URL("kept.js", import.meta.url));
for (const form of document.querySelectorAll("form[data-muster-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await forgetAll();
    form.submit();
  });
}
await tidy();
