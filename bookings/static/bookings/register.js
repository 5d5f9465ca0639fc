// Only makes taps quicker: without it every button sends its form and the page comes back.
const trouble = document.getElementById("register-trouble");

const say = (text) => {
  trouble.textContent = text;
  trouble.hidden = !text;
};

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
