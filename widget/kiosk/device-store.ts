import type { Store, Waiting } from "./queue.ts";

const NAME = "firsthand-kiosk";

/** The browser's own database: it survives reloads, restarts and power cuts. */
export async function openDeviceStore(): Promise<Store> {
  const db = await open();
  const run = <Value>(name: "waiting" | "settings", mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      // "strict" waits until the disk has it: the thank-you is only shown for an answer that cannot be lost any more.
      const transaction = db.transaction(name, mode, { durability: "strict" });
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("The device's store gave up."));
    });
  return {
    put: async (waiting) => void (await run("waiting", "readwrite", (store) => store.put(waiting))),
    list: async () => (await run<Waiting[]>("waiting", "readonly", (store) => store.getAll())).sort((one, other) => one.answeredAt - other.answeredAt),
    remove: async (id) => void (await run("waiting", "readwrite", (store) => store.delete(id))),
    read: (key) => run("settings", "readonly", (store) => store.get(key)),
    write: async (key, value) => void (await run("settings", "readwrite", (store) => store.put(value, key))),
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("waiting", { keyPath: "id" });
      request.result.createObjectStore("settings");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The device's store does not open."));
  });
}
