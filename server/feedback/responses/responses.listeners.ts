import { defineListener } from "#platform/events";
import { enqueue } from "#platform/jobs";
import { z } from "zod";
import { forgetClaims } from "./places.queries.ts";
import { deleteResponses, deleteResponsesOf } from "./responses.queries.ts";

export const responsesListeners = [
  // The customer's facts and feelings are gone already; the answers they came from go with them, and those that wait to become some.
  defineListener({
    name: "feedback.eraseResponses",
    event: "customer.erased",
    payload: z.object({ responseIds: z.array(z.uuid()), subjectHashes: z.array(z.string()).default([]), erasedAt: z.coerce.date().optional() }),
    run: async ({ services, workspaceId, payload }) => {
      await forgetClaims(services.db, workspaceId, payload.responseIds);
      await deleteResponses(services.db, workspaceId, payload.responseIds);
      await deleteResponsesOf(services.db, workspaceId, { subjectHashes: payload.subjectHashes, until: payload.erasedAt ?? services.clock.now() });
      // Their files went with them; what lies on the disk goes now and not with the next round.
      await enqueue(services.db, "files.remove", {}, { key: "files.remove" });
    },
  }),
];
