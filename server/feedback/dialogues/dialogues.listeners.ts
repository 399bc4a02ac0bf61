import { defineListener } from "#platform/events";
import { z } from "zod";
import { deleteDialoguesOf } from "./dialogues.queries.ts";

export const dialoguesListeners = [
  defineListener({
    name: "feedback.eraseDialogues",
    event: "customer.erased",
    payload: z.object({ responseIds: z.array(z.uuid()), subjectHashes: z.array(z.string()).default([]) }),
    run: ({ services, workspaceId, payload }) => deleteDialoguesOf(services.db, workspaceId, payload),
  }),
];
