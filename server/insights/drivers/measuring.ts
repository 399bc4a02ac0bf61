import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Table } from "./correlations.rules.ts";
import { Drivers, DriversFault } from "./drivers.contract.ts";
import type { DriversChoices } from "./drivers.rules.ts";

const measured = z.discriminatedUnion("ok", [z.object({ ok: z.literal(true), drivers: Drivers }), z.object({ ok: z.literal(false), fault: DriversFault })]);
export type Measured = z.infer<typeof measured>;

/** Two hundred thousand responses with fifteen factors by pairs take about ten seconds; a thread that needs longer is ended. */
const TIME_LIMIT_MS = 60_000;

/** Who waits keeps a table of up to 26 MB in memory. */
const WAITING_MAX = 20;

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Measures in another thread, one at a time: the others wait, so that many who look at once do not take every core.
 *  @returns null when too many wait already */
export const measureApart = async (table: Table, choices: DriversChoices, bootstraps: number, waitingMax = WAITING_MAX): Promise<Measured | null> => {
  if (waiting >= waitingMax) return null;
  waiting += 1;
  const turn = last.then(() => measureNow(table, choices, bootstraps)).finally(() => void (waiting -= 1));
  last = turn.catch(() => undefined);
  return turn;
};

const measureNow = async (table: Table, choices: DriversChoices, bootstraps: number): Promise<Measured> => {
  const worker = new Worker(new URL("./measuring-worker.ts", import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const timer = setTimeout(() => reject(new Error(`Measuring drivers took more than ${TIME_LIMIT_MS} ms.`)), TIME_LIMIT_MS);
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", () => reject(new Error("The thread that measures drivers ended without a result.")));
  worker.postMessage({ table, choices, bootstraps });
  try {
    return measured.parse(await promise);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
};
