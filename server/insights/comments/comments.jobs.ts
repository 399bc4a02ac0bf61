import { defineJob } from "#platform/jobs";
import { z } from "zod";
import { learnFromCorrections } from "./learning.ts";
import { followModel, renewReading } from "./renewal.ts";
import { rereadOn } from "./rereadings.ts";
import { forgetGoneComments } from "./tidying.ts";

export const commentsJobs = [
  defineJob({
    name: "comments.reread",
    payload: z.object({ workspaceId: z.uuid(), id: z.uuid() }),
    maxAttempts: 10,
    run: ({ services, payload }) => rereadOn(services, payload.workspaceId, payload.id),
  }),
  defineJob({ name: "comments.learn", payload: z.object({ workspaceId: z.uuid() }), maxAttempts: 5, run: ({ services, payload }) => learnFromCorrections(services, payload.workspaceId) }),
  defineJob({ name: "comments.follow_model", payload: z.looseObject({}), maxAttempts: 5, run: ({ services }) => followModel(services) }),
  defineJob({ name: "comments.renew", payload: z.object({ workspaceId: z.uuid() }), maxAttempts: 10, run: ({ services, payload }) => renewReading(services, payload.workspaceId) }),
  defineJob({ name: "comments.tidy", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => forgetGoneComments(services) }),
];

export const commentsSchedules = [{ job: "comments.tidy", cron: "41 2 * * *" }];
