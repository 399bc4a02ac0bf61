import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { deleteExpired } from "./sessions.queries.ts";

export const sessionsJobs = [
  defineJob({
    name: "sessions.clean",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      await deleteExpired(services.db, services.clock.now());
    },
  }),
];

export const sessionsSchedules = [{ job: "sessions.clean", cron: "41 3 * * *" }];
