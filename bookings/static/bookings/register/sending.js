// Sends what waits in the outbox, in order, and asks how the register stands. Tried again with growing pauses, when a
// signal comes, when the page is looked at again, and by a button.
import { keepData } from "../../muster/kept.js";

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const LOOKS_AGAIN = 30000;
const AT_ONCE = 100;

const TROUBLES = {
  0: "You are signed out. What you tapped is kept on this phone: sign in and it is sent.",
  403: "This could not be sent. Load the page again when you have a signal: what you tapped is kept.",
  404: "This register is not yours any more. What you tapped is kept on this phone: ring the training team.",
  409: "Somebody else is signed in on this phone. What you tapped is kept until you sign in again.",
};
const OTHER_TROUBLE = "This could not be sent. It is kept on this phone; ring the training team if it stays so.";

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.split("=")[1] || "";

export class Sender {
  // `heard({ state, trouble, isSignedOut })` is called with whatever came of an attempt.
  constructor(outbox, day, heard) {
    Object.assign(this, { outbox, day, heard, pause: FIRST_PAUSE, isBusy: false, isWanted: false });
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => !document.hidden && this.send());
    setInterval(() => !document.hidden && this.send(), LOOKS_AGAIN);
  }

  // One attempt at a time, over all tabs where the browser can tell. Whoever waits for it waits for all that is wanted.
  send() {
    if (!navigator.onLine) return Promise.resolve();
    this.isWanted = this.isBusy;
    if (!this.isBusy) this.going = this.run();
    return this.going;
  }

  async run() {
    this.isBusy = true;
    try {
      await (navigator.locks ? navigator.locks.request("muster-register", () => this.attempt()) : this.attempt());
      this.pause = FIRST_PAUSE;
    } catch {
      setTimeout(() => this.send(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    } finally {
      this.isBusy = false;
    }
    if (this.isWanted) await this.send();
  }

  // Throws when it is worth trying again soon.
  async attempt() {
    const taps = (await this.outbox.taps()).filter((tap) => !tap.refusal).slice(0, AT_ONCE);
    const response = await this.ask(taps);
    if (response.status >= 500 || response.status === 429) throw new Error("later");
    if (!response.ok) {
      const trouble = TROUBLES[response.status] || OTHER_TROUBLE;
      this.heard({ trouble: taps.length || response.status !== 403 ? trouble : "", isSignedOut: response.status === 0 });
      return;
    }
    const { receipts, ...state } = await response.json();
    // A full store must not hold up the taps: then a kept page is older, and no more.
    if (this.day) await keepData(this.day, this.outbox.register, state).catch(() => {});
    const answers = new Map(receipts.map((receipt) => [receipt.uuid, receipt.refusal]));
    await this.outbox.remove(taps.filter((tap) => answers.get(tap.uuid) === ""));
    for (const tap of taps) if (answers.get(tap.uuid)) await this.outbox.refuse(tap, answers.get(tap.uuid));
    this.heard({ state, trouble: "" });
    if (taps.length === AT_ONCE) this.isWanted = true;
  }

  ask(taps) {
    const options = { redirect: "manual", headers: { Accept: "application/json" } };
    if (!taps.length) return fetch(this.outbox.register, options);
    const body = JSON.stringify({ account: this.outbox.account, taps: taps.map(({ seq, account, register, ...tap }) => tap) });
    const headers = { ...options.headers, "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") };
    return fetch(this.outbox.register, { ...options, method: "POST", body, headers });
  }
}
