import { defineStripping, withoutMetadata } from "#platform/http";
import { defineJob } from "#platform/jobs";
import type { Services } from "#platform/services";
import { z } from "zod";
import { deleteRemovals, deleteUnusedFiles, listKnownFiles, listRemovals, listUnstrippedFiles, noteStripped } from "./files.queries.ts";
import { hasFile, listFilesOlderThan, removeFile, rewriteFile } from "./stored-files.ts";

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

const stripFile = async (services: Services, file: { workspaceId: string; id: string; contentType: string }): Promise<"stripped" | "damaged" | "missing"> => {
  if (!(await hasFile(services, file.id))) return noteStripped(services.db, file, null).then(() => "missing");
  let isWhole = true;
  const sizeBytes = await rewriteFile(services, file.id, (content) => {
    const stripped = withoutMetadata(content, file.contentType);
    isWhole = stripped.isPicture;
    return stripped.content;
  });
  // Erased meanwhile, it may have been put back by this.
  if (!(await noteStripped(services.db, file, sizeBytes))) await removeFile(services, file.id);
  return isWhole ? "stripped" : "damaged";
};

const stripping = defineStripping({ name: "files.stripPhotos", list: listUnstrippedFiles, strip: stripFile });
export const stripAfterStart = stripping.afterStart;

const job = (name: string, run: (services: Services) => Promise<unknown>) =>
  defineJob({ name, payload: z.looseObject({}), maxAttempts: 5, run: async ({ services }) => void (await run(services)) });

export const filesJobs = [job("files.remove", removeFiles), job("files.removeUnused", removeUnusedFiles), stripping.job];

export const filesSchedules = [{ job: "files.remove", cron: "*/5 * * * *" }, { job: "files.removeUnused", cron: "41 2 * * *" }];
