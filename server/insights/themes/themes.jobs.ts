import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { discoverAll, failDiscovery, runDiscovery } from "./discoveries.ts";

const MAX_ATTEMPTS = 4;

export const themesJobs = [
  // Goes on where it was left; after the last attempt the search shows as failed.
  defineJob({
    name: "themes.discover",
    payload: z.object({ workspaceId: z.uuid(), discoveryId: z.uuid() }),
    maxAttempts: MAX_ATTEMPTS,
    run: async ({ services, payload: { workspaceId, discoveryId }, attempt }) => {
      try {
        await runDiscovery(services, workspaceId, discoveryId);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS) await failDiscovery(services, workspaceId, discoveryId);
        throw error;
      }
    },
  }),
  defineJob({ name: "themes.discoverAll", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => discoverAll(services) }),
];

export const themesSchedules = [{ job: "themes.discoverAll", cron: "41 2 * * *" }];
