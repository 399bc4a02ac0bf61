import { defineListener } from "#platform/events";
import { z } from "zod";
import { deleteResponses } from "./responses.queries.ts";

export const responsesListeners = [
  // The customer's facts and feelings are gone already; the answers they came from go with them.
  defineListener({
    name: "feedback.eraseResponses",
    event: "customer.erased",
    payload: z.object({ responseIds: z.array(z.uuid()) }),
    run: ({ services, workspaceId, payload }) => deleteResponses(services.db, workspaceId, payload.responseIds),
  }),
];
