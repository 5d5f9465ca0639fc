// The service worker of /register/: without a signal a kept page opens (muster/kept.js says what is kept, and whose).
//
// It keeps nothing itself and answers only what a page is made of: the page, styles, scripts, fonts, pictures. With a
// signal the network answers; a page that takes too long, as at the edge of a signal, comes from what is kept.
const PREFIX = "muster-kept|";
const NO_SIGNAL = "/register/no-signal/";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === self.location.origin;
  if (request.method === "GET" && isOurs && request.destination) event.respondWith(answer(request));
});

async function answer(request) {
  const isPage = request.mode === "navigate";
  const kept = await find(request, isPage);
  if (!self.navigator.onLine) return kept || noSignal(isPage);
  try {
    const asked = fetch(request);
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
    const first = kept ? await Promise.race([asked, late]) : await asked;
    return kept && first.status >= 500 ? kept : first;
  } catch {
    return kept || noSignal(isPage);
  }
}

async function find(request, isPage) {
  const today = new Date().toLocaleDateString("en-CA", { timeZone: "Europe/London" });
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name.split("|")[2] < today) continue;
    const found = await (await caches.open(name)).match(request, { ignoreVary: true, ignoreSearch: isPage });
    if (found) return found;
  }
  return undefined;
}

async function noSignal(isPage) {
  return (isPage && (await caches.match(NO_SIGNAL, { ignoreVary: true }))) || Response.error();
}
