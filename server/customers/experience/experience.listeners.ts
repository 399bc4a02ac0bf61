import { z } from "zod";
import { defineListener, publish } from "#platform/events";

export const experienceListeners = [
  // Who was in which team when was corrected, or somebody came whom words in the record may mean.
  defineListener({
    name: "customers.restaff experience",
    event: "staffing.changed",
    payload: z.unknown(),
    run: async ({ services, workspaceId }) => {
      await services.analytics.restaff(workspaceId);
      await publish(services.db, { name: "experience.restaffed", workspaceId, payload: {} });
    },
  }),
];
