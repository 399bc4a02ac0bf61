import { defineListener } from "#platform/events";
import { z } from "zod";
import { deletePeopleOf } from "./delighted.queries.ts";

export const delightedListeners = [
  defineListener({
    name: "feedback.eraseDelightedPeople",
    event: "customer.erased",
    payload: z.object({ subjectHashes: z.array(z.string()).default([]) }),
    run: ({ services, workspaceId, payload }) => deletePeopleOf(services.db, workspaceId, payload.subjectHashes),
  }),
];
