import { z } from "zod";
import { defineJob } from "#platform/jobs";
import type { ScheduledJob } from "#platform/jobs";
import { forgetFile, listImportsWithOldFile, listKnownImports } from "./imports.queries.ts";
import { listUploadsOlderThan, removeUpload } from "./uploaded-files.ts";

const dayMs = 86_400_000;
/** A file stays a week for correcting the mapping and running again; after that it is only a copy of personal data. */
const keepFileDays = 7;
const orphanDays = 1;
const batch = 200;

export const importsJobs = [
  defineJob({
    name: "imports.remove-old-files",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      const now = services.clock.now().getTime();
      for (const id of await listImportsWithOldFile(services.db, new Date(now - keepFileDays * dayMs), batch)) {
        await removeUpload(services, id);
        await forgetFile(services.db, id);
      }
      // A server that died between storing a file and noting it leaves a file without an import.
      const stored = await listUploadsOlderThan(services, new Date(now - orphanDays * dayMs));
      const known = new Set(await listKnownImports(services.db, stored));
      for (const id of stored) if (!known.has(id)) await removeUpload(services, id);
    },
  }),
  defineJob({
    name: "imports.remove-files",
    payload: z.object({ importIds: z.array(z.uuid()) }),
    maxAttempts: 10,
    run: async ({ services, payload }) => {
      for (const id of payload.importIds) await removeUpload(services, id);
    },
  }),
];

export const importsSchedules: ScheduledJob[] = [{ job: "imports.remove-old-files", cron: "40 3 * * *" }];
