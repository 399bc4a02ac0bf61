// A server that dies keeps the jobs it has taken, and the library gives them back only after four hours. So workers say that they live.
import type { Services } from "../services/services.api.ts";
import { forgetWorkers, freeJobsOfTheSilent, noteWorkers } from "./jobs.queries.ts";

const BEAT_MS = 10_000;
/** Six beats: a busy computer may be late by some. Whoever wakes up after all has its jobs run twice, which they bear. */
const SILENT_MS = 60_000;

/** Says again and again that the workers of this node live, and gives back what silent ones have taken.
 *  @param workers those that live now */
export const startPulse = async ({ db, log }: Services, workers: () => readonly string[]): Promise<{ stop: () => Promise<void> }> => {
  const beat = async (): Promise<void> => {
    try {
      await noteWorkers(db, workers());
      const freed = await freeJobsOfTheSilent(db, SILENT_MS);
      if (freed.length > 0) log.warn({ part: "jobs", workers: freed }, "workers fell silent; others take up their jobs");
    } catch (error) {
      log.warn({ part: "jobs", err: error }, "the workers could not say that they live");
    }
  };
  await beat();
  let beating = Promise.resolve();
  const timer = setInterval(() => (beating = beating.then(beat)), BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
      await forgetWorkers(db, workers()).catch(() => undefined);
    },
  };
};
