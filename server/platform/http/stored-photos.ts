import { z } from "zod";
import type { Db } from "../db/db.api.ts";
import { defineJob, enqueue, type Job } from "../jobs/jobs.api.ts";
import type { Services } from "../services/services.api.ts";

const BATCH = 500;
const MAX_ATTEMPTS = 10;

type StoredPhotos<Photo> = {
  /** `<feature>.<what>` of the job. */
  name: string;
  /** Photos that still have all that their cameras tell. */
  list: (db: Db, limit: number) => Promise<readonly Photo[]>;
  /** Strips one, or notes that it is gone, so that it is not listed again. */
  strip: (services: Services, photo: Photo) => Promise<keyof Counted>;
};

type Counted = { stripped: number; damaged: number; missing: number };
const sumOf = ({ stripped, damaged, missing }: Counted): number => stripped + damaged + missing;

/** Strips the photos that were stored as they came: those of an older version, or of a backup made by one.
 *  @returns the job, and what looks after every start whether there are any */
export const defineStripping = <Photo>({ name, list, strip }: StoredPhotos<Photo>): { job: Job; afterStart: (services: Services) => Promise<{ stop: () => Promise<void> }> } => {
  /** One photo at a time is in memory; what is done stays done when it is cut off.
   *  @returns why the last of those was not stripped that could not be read or written now */
  const stripSome = async (services: Services, photos: readonly Photo[], counted: Counted): Promise<unknown> => {
    let fault: unknown = null;
    for (const photo of photos)
      try {
        counted[await strip(services, photo)] += 1;
      } catch (failed) {
        fault = failed;
      }
    return fault;
  };
  // What fails now is listed again beside the others and holds up none of them; where nothing else is left, the job fails and is tried again.
  const stripAll = async (services: Services): Promise<void> => {
    const counted: Counted = { stripped: 0, damaged: 0, missing: 0 };
    let [before, fault]: [number, unknown] = [-1, null];
    while (sumOf(counted) > before) {
      before = sumOf(counted);
      fault = await stripSome(services, await list(services.db, BATCH), counted);
    }
    if (sumOf(counted) > 0) services.log.info({ part: name, ...counted }, "photos that were stored with place, time and camera have them no more");
    if (fault !== null) throw fault;
  };
  return {
    job: defineJob({ name, payload: z.looseObject({}), maxAttempts: MAX_ATTEMPTS, run: ({ services }) => stripAll(services) }),
    afterStart: async ({ db }) => {
      if ((await list(db, 1)).length > 0) await enqueue(db, name, {}, { key: name, maxAttempts: MAX_ATTEMPTS });
      return { stop: async () => undefined };
    },
  };
};
