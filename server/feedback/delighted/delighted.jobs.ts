import { defineJob } from "#platform/jobs";
import { z } from "zod";
import { askDueMembers } from "./delighted.ts";

const BATCH = 200;

export const delightedJobs = [
  defineJob({
    name: "delighted.autopilot", payload: z.looseObject({}), maxAttempts: 3,
    run: async ({ services }) => {
      let count = BATCH;
      while (count === BATCH) count = await askDueMembers(services, BATCH);
    },
  }),
];

export const delightedSchedules = [{ job: "delighted.autopilot", cron: "*/10 * * * *" }];
