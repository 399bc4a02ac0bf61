import { transaction } from "#platform/db";
import { defineJob, enqueue } from "#platform/jobs";
import { z } from "zod";
import { pollSource } from "./polling.ts";
import { REPLY_ATTEMPTS_MAX, deliverReply } from "./replies.ts";
import { matchReviews } from "./reviews.ts";
import { findSource, takeDueSources } from "./sources.queries.ts";

/** A source whose poll died with its server is asked again after this. */
const LEASE_MS = 30 * 60_000;
const DUE_MAX = 200;

export const reviewsJobs = [
  defineJob({
    name: "reviews.pollDue",
    payload: z.looseObject({}),
    maxAttempts: 1,
    run: async ({ services }) => {
      const now = services.clock.now();
      await transaction(services.db, async (tx) => {
        const due = await takeDueSources(tx, { now, leaseUntil: new Date(now.getTime() + LEASE_MS), limit: DUE_MAX });
        for (const { workspaceId, id } of due) await enqueue(tx, "reviews.pollSource", { workspaceId, sourceId: id }, { key: `reviews.poll:${id}`, maxAttempts: 2 });
      });
    },
  }),
  defineJob({
    name: "reviews.pollSource",
    payload: z.object({ workspaceId: z.uuid(), sourceId: z.uuid() }),
    maxAttempts: 2,
    run: async ({ services, payload }) => {
      const source = await findSource(services.db, payload.workspaceId, payload.sourceId);
      if (source?.isActive === true) await pollSource(services, source);
    },
  }),
  defineJob({
    name: "reviews.sendReply",
    payload: z.object({ workspaceId: z.uuid(), replyId: z.uuid() }),
    maxAttempts: REPLY_ATTEMPTS_MAX,
    run: ({ services, payload, attempt }) => deliverReply(services, { ...payload, attempt }),
  }),
  defineJob({
    name: "reviews.match",
    payload: z.looseObject({}),
    maxAttempts: 2,
    run: async ({ services }) => void (await matchReviews(services)),
  }),
];

export const reviewsSchedules = [
  { job: "reviews.pollDue", cron: "*/5 * * * *" },
  { job: "reviews.match", cron: "23 * * * *" },
];
