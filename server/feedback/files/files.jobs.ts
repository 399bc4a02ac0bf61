import { defineJob } from "#platform/jobs";
import type { Services } from "#platform/services";
import { z } from "zod";
import { deleteRemovals, deleteUnusedFiles, listKnownFiles, listRemovals } from "./files.queries.ts";
import { listFilesOlderThan, removeFile } from "./stored-files.ts";

/** How long an upload waits for the answer that names it: a form left open overnight and finished the day after. */
const UNUSED_KEPT_MS = 2 * 86_400_000;
const BATCH = 500;

/** Removes the bytes of files whose rows are gone. A crash in between leaves the note, so nothing is forgotten. */
export const removeFiles = async (services: Services): Promise<number> => {
  let removed = 0;
  for (let ids = await listRemovals(services.db, BATCH); ids.length > 0; ids = await listRemovals(services.db, BATCH)) {
    for (const id of ids) await removeFile(services, id);
    await deleteRemovals(services.db, ids);
    removed += ids.length;
  }
  return removed;
};

/** Forgets uploads that no answer came to name, and bytes without a row. */
export const removeUnusedFiles = async (services: Services): Promise<void> => {
  const before = new Date(services.clock.now().getTime() - UNUSED_KEPT_MS);
  while ((await deleteUnusedFiles(services.db, before, BATCH)) === BATCH);
  await removeFiles(services);
  const old = await listFilesOlderThan(services, before);
  for (let start = 0; start < old.length; start += BATCH) {
    const ids = old.slice(start, start + BATCH);
    const known = await listKnownFiles(services.db, ids);
    for (const id of ids) if (!known.has(id)) await removeFile(services, id);
  }
};

const job = (name: string, run: (services: Services) => Promise<unknown>) =>
  defineJob({ name, payload: z.looseObject({}), maxAttempts: 5, run: async ({ services }) => void (await run(services)) });

export const filesJobs = [job("files.remove", removeFiles), job("files.removeUnused", removeUnusedFiles)];

export const filesSchedules = [{ job: "files.remove", cron: "*/5 * * * *" }, { job: "files.removeUnused", cron: "41 2 * * *" }];
