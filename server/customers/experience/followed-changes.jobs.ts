import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { CHANGE_LOGS, clearChanges, letClear } from "./followed-changes.queries.ts";

// A copy whose server is away for longer begins anew when it comes back; nothing is lost by that but time.
const HEARD_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;
// While servers are replaced one by one, those of a version that tells nothing may follow still; by then they are gone.
const KNOWN_MS = 24 * 60 * 60 * 1000;
const CHUNK = 2_000;
// The rest waits for the next run.
const CHUNKS_MAX = 1_000;

export const followedChangesJobs = [
  defineJob({
    name: "changes.clear",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      const nowMs = services.clock.now().getTime();
      await letClear(services.db, { heardSince: new Date(nowMs - HEARD_WITHIN_MS), namedBefore: new Date(nowMs - KNOWN_MS) });
      for (const log of CHANGE_LOGS) for (let chunk = 0; chunk < CHUNKS_MAX && (await clearChanges(services.db, log, CHUNK)) === CHUNK; chunk++);
    },
  }),
];

export const followedChangesSchedules = [{ job: "changes.clear", cron: "23 * * * *" }];
