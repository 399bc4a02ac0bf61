import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { deleteLettersBefore } from "./dead-letters.queries.ts";

// Whoever sends wrong events for a quarter without looking will not look later; a write key is public, so there must be an end.
const KEEP_MS = 90 * 24 * 60 * 60 * 1000;
const CHUNK = 5000;

export const deadLettersJobs = [
  defineJob({
    name: "dead-letters.clean",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      const before = new Date(services.clock.now().getTime() - KEEP_MS);
      while ((await deleteLettersBefore(services.db, before, CHUNK)) === CHUNK);
    },
  }),
];

export const deadLettersSchedules = [{ job: "dead-letters.clean", cron: "41 3 * * *" }];
