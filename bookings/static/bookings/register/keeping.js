// Keeps today's registers on the phone while there is a signal, and starts the worker that opens them without one.
import { canKeep, forgetPages, keepPages } from "../../muster/kept.js";

const MODULES = ["./drawing.js", "./keeping.js", "./outbox.js", "./sending.js", "./state.js", "../../muster/kept.js"];
const modules = MODULES.map((name) => new URL(name, import.meta.url).href);

// `element` carries the addresses and the day in its data; without a day its pages are taken off the phone.
export async function keep(element) {
  if (!canKeep || !("serviceWorker" in navigator)) return;
  const { day, worker, noSignal, registers, page, add, rollCall, happened, code, taps } = element.dataset;
  const own = [page, add, rollCall, happened, code];
  if (!day) {
    await forgetPages([...own, taps]);
    return;
  }
  await navigator.serviceWorker.register(worker);
  if (!navigator.onLine) return;
  try {
    await keepPages(day, [noSignal, registers, ...own, taps], modules);
    for (const said of document.querySelectorAll("[data-is-kept]")) said.hidden = false;
  } catch {
    // The signal went meanwhile: what is kept from earlier stays.
  }
}
