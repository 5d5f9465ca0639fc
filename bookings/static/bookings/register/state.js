// What the register is: the server's rows, and over them the taps that it does not have yet. Nothing here draws.
import { keptData } from "../../muster/kept.js";

// The newer of what the page came with, if anything, and what the server said last. A kept page may be older than both.
export async function knownState(address) {
  const element = document.getElementById("register-data");
  const came = element ? JSON.parse(element.textContent) : undefined;
  const kept = "caches" in window ? await keptData(address) : undefined;
  return kept && !(came && came.as_of > kept.as_of) ? kept : came;
}

const clock = (iso) => new Date(iso).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", timeZone: "Europe/London" });
const isTimed = (mark) => mark === "late" || mark === "left_early";

// The rows as the trainer has them: { booking, name, agency, origin, need, mark, words, note, unsent }.
export function merged(state, taps) {
  const rows = new Map(state.rows.map((row) => [row.booking, { ...row, unsent: false }]));
  const labels = state.words.labels;
  for (const tap of taps) {
    if (tap.kind === "incident") continue;
    if (tap.kind === "arrival" || tap.kind === "instead") {
      if (tap.kind === "instead" && !tap.refusal) rows.delete(tap.booking);
      rows.set(`new:${tap.uuid}`, arrived(tap, labels));
    } else if (!tap.refusal && rows.has(tap.booking)) {
      const row = rows.get(tap.booking);
      if (tap.kind === "rest" && row.mark !== "expected") continue;
      const at = isTimed(tap.mark) ? `, ${tap.at_time || clock(tap.made_at)}` : "";
      Object.assign(row, { mark: tap.mark, words: labels[tap.mark] + at, note: tap.note || "", unsent: true });
    }
  }
  return [...rows.values()];
}

const arrived = (tap, labels) => ({
  booking: `new:${tap.uuid}`,
  name: tap.name,
  agency: tap.agency || "",
  origin: tap.kind === "instead" ? "came instead of a colleague" : "came without booking",
  need: "",
  mark: "present",
  words: labels.present,
  note: "",
  unsent: true,
});

// "14 of 18 here · 2 apologies · 2 missing · 0 not sent"
export function sentence(state, rows, unsent) {
  const { here, rest } = state.words;
  const number = (mark) => rows.filter((row) => row.mark === mark).length;
  const counted = rest.map(([mark, one, more]) => [number(mark), one, more]).filter(([count]) => count);
  const present = rows.filter((row) => here.includes(row.mark)).length;
  return [
    `${present} of ${rows.length} here`,
    ...counted.map(([count, one, more]) => `${count} ${count === 1 ? one : more}`),
    `${number("expected")} missing`,
    `${unsent} not sent`,
  ].join(" · ");
}
