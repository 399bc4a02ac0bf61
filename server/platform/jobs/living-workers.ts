// A server that dies keeps the jobs it has taken, and the library gives them back only after four hours. So workers say that they live.
import type { Services } from "../services/services.api.ts";
import { forgetWorkers, freeJobsOfTheSilent, noteWorkers } from "./jobs.queries.ts";

const SAYING_MS = 10_000;
/** Longer than a busy computer is late. Whoever wakes up after all has its jobs run twice, which they bear. */
const SILENT_MS = 60_000;
/** So often a worker must have been heard without a gap before it takes others for dead: after the database was away all are late. It also
 *  spares the queue, which has no index for this. */
const HEARD_MIN = 3;

/** Says again and again that the workers of this node live, and gives back what silent ones have taken.
 *  @param workers those that live now, under the names by which they take jobs */
export const keepWorkersKnown = async ({ db, log }: Services, workers: () => readonly string[]): Promise<{ stop: () => Promise<void> }> => {
  let [heard, heardAt] = [0, performance.now()];
  const say = async (): Promise<void> => {
    try {
      await noteWorkers(db, workers());
      heard = performance.now() - heardAt > SILENT_MS ? 1 : heard + 1;
      heardAt = performance.now();
      const freed = heard % HEARD_MIN === 0 ? await freeJobsOfTheSilent(db, SILENT_MS) : [];
      if (freed.length > 0) log.warn({ part: "jobs", workers: freed }, "workers fell silent; others take up their jobs");
    } catch (error) {
      heard = 0;
      log.warn({ part: "jobs", err: error }, "the workers could not say that they live");
    }
  };
  await say();
  let saying = Promise.resolve();
  const timer = setInterval(() => (saying = saying.then(say)), SAYING_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await saying;
      await forgetWorkers(db, workers()).catch(() => undefined);
    },
  };
};
