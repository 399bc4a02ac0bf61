import { defineListener } from "#platform/events";
import { z } from "zod";
import { eraseReviewsOf } from "./reviews.queries.ts";

export const reviewsListeners = [
  // The person's facts and feelings are gone already; names and words they came from go with them.
  defineListener({
    name: "feedback.eraseReviews",
    event: "customer.erased",
    payload: z.object({ subjectHashes: z.array(z.string()).default([]), erasedAt: z.coerce.date().optional() }),
    run: ({ services, workspaceId, payload }) =>
      eraseReviewsOf(services.db, workspaceId, { subjectHashes: payload.subjectHashes, until: payload.erasedAt ?? services.clock.now() }),
  }),
];
