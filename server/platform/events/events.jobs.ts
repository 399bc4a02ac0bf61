import { z } from "zod";
import { defineJob } from "../jobs/jobs.api.ts";
import { deleteEventsBefore } from "./events.queries.ts";

// Long enough for a browser to come back after a weekend; the facts themselves are kept elsewhere for ever.
const KEEP_MS = 3 * 24 * 60 * 60 * 1000;

export const eventsJobs = [
  defineJob({
    name: "events.clean",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      await deleteEventsBefore(services.db, new Date(services.clock.now().getTime() - KEEP_MS));
    },
  }),
];

export const eventsSchedules = [{ job: "events.clean", cron: "17 3 * * *" }];
