import { z } from "zod";
import { transaction } from "#platform/db";
import { publish } from "#platform/events";
import { defineJob } from "#platform/jobs";
import { findUnnamedVersion, noteNamedVersion } from "./touchpoints.queries.ts";

// Names every interaction of a workspace anew in the analytics copy. Each change of the register adds a job; after a row of changes
// the first job does the work of all. (A job key would do that too, but loses a change made in the instant its job is taken.)
export const touchpointsJobs = [
  defineJob({
    name: "touchpoints.rename",
    payload: z.object({ workspaceId: z.uuid() }),
    maxAttempts: 10,
    run: async ({ services, payload: { workspaceId } }) => {
      const version = await findUnnamedVersion(services.db, workspaceId);
      if (version === null) return;
      await services.analytics.rename(workspaceId);
      await transaction(services.db, async (tx) => {
        await noteNamedVersion(tx, workspaceId, version);
        await publish(tx, { name: "touchpoints.renamed", workspaceId, payload: {} });
      });
    },
  }),
];
