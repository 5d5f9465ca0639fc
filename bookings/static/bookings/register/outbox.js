// Taps that the server does not have yet, in this browser's database. A tap stands here before anything is shown.
//
// A tap: { seq, uuid, account, register, kind, made_at, booking?, mark?, at_time?, note?, name?, email?, agency?,
// refusal? }. `seq` is the order of tapping; `register` is the address that it is sent to. A tap leaves when the server
// has taken it or the trainer takes it back, never by itself: signing out does not lose a register.
const NAME = "muster-register";
const TAPS = "taps";

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TAPS, { keyPath: "seq", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Runs `act` on the taps and waits until the disk has what it did.
async function transact(mode, act) {
  const transaction = (await open()).transaction(TAPS, mode);
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore(TAPS));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export class Outbox {
  constructor(account, register) {
    this.account = account;
    this.register = register;
  }

  // All taps of this account and register, in order.
  async taps() {
    const all = await transact("readonly", (store) => store.getAll());
    return all.filter((tap) => tap.account === this.account && tap.register === this.register);
  }

  // A tap refused before is replaced by the next one about the same person.
  async add(...said) {
    const stale = (await this.taps()).filter((tap) => tap.refusal && said.some((one) => isCorrection(one, tap)));
    await transact("readwrite", (store) => {
      for (const tap of stale) store.delete(tap.seq);
      for (const one of said) store.add(this.stamp(one));
    });
  }

  stamp(said) {
    const made = { uuid: crypto.randomUUID(), made_at: new Date().toISOString() };
    return { ...made, account: this.account, register: this.register, ...said };
  }

  async remove(taps) {
    await transact("readwrite", (store) => taps.forEach((tap) => store.delete(tap.seq)));
  }

  async refuse(tap, refusal) {
    await transact("readwrite", (store) => store.put({ ...tap, refusal }));
  }
}

const isCorrection = (said, refused) =>
  said.corrects === refused.uuid || (said.kind === "mark" && refused.kind === "mark" && said.booking === refused.booking);

// Rejects where the browser has no database for us (some in private mode): then the page works by its forms.
export const ready = () => ("indexedDB" in window && isSecureContext ? open() : Promise.reject(new Error("no store")));
