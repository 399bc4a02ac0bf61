import { defineJob } from "#platform/jobs";
import { z } from "zod";
import { recordQuietResponses } from "./responses.ts";

/** How long a half-answered response may rest before its answers count: long enough to look something up and come back. */
const QUIET_MS = 15 * 60_000;
const BATCH = 100;

export const responsesJobs = [
  defineJob({
    name: "responses.recordQuiet",
    payload: z.looseObject({}),
    maxAttempts: 3,
    run: async ({ services }) => {
      let count = BATCH;
      while (count === BATCH) count = await recordQuietResponses(services, { quietMs: QUIET_MS, batch: BATCH });
    },
  }),
];

export const responsesSchedules = [{ job: "responses.recordQuiet", cron: "*/5 * * * *" }];
