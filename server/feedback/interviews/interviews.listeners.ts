import { defineListener } from "#platform/events";
import { z } from "zod";
import { deleteTargetsOf } from "./interviews.queries.ts";

export const interviewsListeners = [
  defineListener({
    name: "feedback.eraseCalls",
    event: "customer.erased",
    payload: z.object({ customerId: z.uuid(), customerIds: z.array(z.uuid()).default([]) }),
    run: ({ services, workspaceId, payload }) => deleteTargetsOf(services.db, workspaceId, [payload.customerId, ...payload.customerIds]),
  }),
];
