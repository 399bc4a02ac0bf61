import { defineJob } from "#platform/jobs";
import { z } from "zod";
import { recordQuietResponses } from "./responses.ts";
import { retainAll, retainSurvey } from "./retention.ts";

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
  defineJob({
    name: "responses.retain",
    payload: z.object({ workspaceId: z.uuid(), surveyId: z.uuid() }),
    maxAttempts: 5,
    run: async ({ services, payload }) => void (await retainSurvey(services, payload.workspaceId, payload.surveyId)),
  }),
  defineJob({ name: "responses.retainAll", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => retainAll(services) }),
];

export const responsesSchedules = [{ job: "responses.recordQuiet", cron: "*/5 * * * *" }, { job: "responses.retainAll", cron: "23 2 * * *" }];
