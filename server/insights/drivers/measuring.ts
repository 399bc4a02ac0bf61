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
/** Of one workspace, so that the others find a place. */
const WAITING_EACH_MAX = 5;

/** Those who wait, by workspace; the workspace whose turn is next stands first. */
const waiting = new Map<string, (() => Promise<void>)[]>();
let isMeasuring = false;

/** Measures in another thread, one at a time, so that many who look at once do not take every core. Workspaces take turns: one in which many ask
 *  holds the others up by one measuring each.
 *  @returns null when too many of this workspace, or of all, wait already */
export const measureApart = async (workspaceId: string, table: Table, choices: DriversChoices, bootstraps: number): Promise<Measured | null> => {
  const own = waiting.get(workspaceId) ?? [];
  const all = [...waiting.values()].reduce((sum, { length }) => sum + length, 0);
  if (own.length >= WAITING_EACH_MAX || all >= WAITING_MAX) return null;
  const { promise, resolve, reject } = Promise.withResolvers<Measured>();
  waiting.set(workspaceId, [...own, () => measureNow(table, choices, bootstraps).then(resolve, reject)]);
  void measureInTurn();
  return promise;
};

const measureInTurn = async (): Promise<void> => {
  if (isMeasuring) return;
  isMeasuring = true;
  for (let [next] = waiting; next !== undefined; [next] = waiting) {
    const [workspaceId, [first, ...others]] = next;
    // Put in again, the workspace stands last.
    waiting.delete(workspaceId);
    if (others.length > 0) waiting.set(workspaceId, others);
    await first?.();
  }
  isMeasuring = false;
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
