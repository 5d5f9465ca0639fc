// Pages kept on this device, so that they open without a signal.
//
// A store of the browser's (Cache Storage) belongs to one account and one day, and says so in its name:
// "muster-kept|<account>|<day>". It is deleted once the day is over, when its account signs out, and when another
// account opens a page. On a page of nobody's it stays: a session that ended in a cellar must not take the list along.
const PREFIX = "muster-kept";
const account = document.body.dataset.account || "";

const today = () => new Date().toLocaleDateString("en-CA", { timeZone: "Europe/London" });
const storeOf = (day) => caches.open(`${PREFIX}|${account}|${day}`);

// False where the browser has no such store, or the page did not come safely.
export const canKeep = "caches" in window && Boolean(account);

async function forget(isOver) {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}|`));
  await Promise.all(names.filter((name) => isOver(...name.split("|").slice(1))).map((name) => caches.delete(name)));
}

export const tidy = () => forget((owner, day) => day < today() || (account && owner !== account));

export const forgetAll = () => forget(() => true);

// Keeps these pages and the files that they are drawn with. One that leads elsewhere, as to signing in, is not kept.
// `modules` are files that the pages' scripts import, which no page names.
export async function keepPages(day, addresses, modules) {
  const store = await storeOf(day);
  const kept = await Promise.all(addresses.map((address) => keepPage(store, address)));
  const used = performance.getEntriesByType("resource").map((entry) => entry.name);
  await store.addAll([...new Set([...kept.flat(), ...used, ...modules])].filter(isFile));
}

// The addresses of the files that this page names.
async function keepPage(store, address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return [];
  await store.put(address, answer.clone());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const named = [...page.querySelectorAll("link[href], script[src], script[data-govuk]")];
  const found = named.flatMap((element) => [element.getAttribute("href") || element.getAttribute("src"), element.dataset.govuk]);
  return found.filter(Boolean).map((file) => new URL(file, location.href).href);
}

const isFile = (address) => address.startsWith(new URL("..", document.getElementById("muster-script").src).href);

// What a page's script knows, beside the page: given back as it was put in, or undefined.
export async function keepData(day, address, data) {
  await (await storeOf(day)).put(address, new Response(JSON.stringify(data)));
}

export async function keptData(address) {
  for (const name of await caches.keys()) {
    const [prefix, owner, day] = name.split("|");
    if (prefix !== PREFIX || owner !== account || day < today()) continue;
    const found = await (await caches.open(name)).match(address);
    if (found) return found.json();
  }
  return undefined;
}

export async function forgetPages(addresses) {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    if (name.startsWith(`${PREFIX}|`)) await Promise.all(addresses.map((address) => store.delete(address)));
  }
}
