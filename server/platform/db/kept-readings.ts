import type { Db } from "./db.ts";

/** Keeps what was read from a database for a moment, where many ask for the same: those who ask meanwhile share one reading. One that fails is not kept.
 *  @param limits `ms`: how long; `most`: how many readings of one database, after which all are forgotten
 *  @returns a function that reads, or gives what was read under the same key */
export const keepReadings = <Value>(limits: { ms: number | ((value: Value) => number); most: number }): ((db: Db, key: string, read: () => Promise<Value>) => Promise<Value>) => {
  const kept = new WeakMap<Db, Map<string, Promise<Value>>>();
  return (db, key, read) => {
    const own = kept.get(db) ?? new Map<string, Promise<Value>>();
    kept.set(db, own);
    const found = own.get(key);
    if (found !== undefined) return found;
    if (own.size >= limits.most) own.clear();
    const reading = read();
    own.set(key, reading);
    const forget = (): void => {
      if (own.get(key) === reading) own.delete(key);
    };
    const { ms } = limits;
    reading.then((value) => setTimeout(forget, typeof ms === "number" ? ms : ms(value)).unref(), forget);
    return reading;
  };
};
