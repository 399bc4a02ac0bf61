import { z } from "zod";
import { defineJob } from "../jobs/jobs.api.ts";

export const analyticsJobs = [
  defineJob({
    name: "analytics.rebuild",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      await services.analytics.rebuild();
    },
  }),
];
