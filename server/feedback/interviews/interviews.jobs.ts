import { listSegmentCustomers } from "#customers";
import { newId } from "#platform/db";
import { defineJob } from "#platform/jobs";
import { z } from "zod";
import { findCallList, insertTargets, openFilledList } from "./interviews.queries.ts";

const PAGE = 1_000;

export const interviewsJobs = [
  // Runs again from the start after a crash: who is on the list already stays as they are.
  defineJob({
    name: "interviews.fill",
    payload: z.object({ workspaceId: z.uuid(), listId: z.uuid() }),
    maxAttempts: 10,
    run: async ({ services, payload: { workspaceId, listId } }) => {
      const list = await findCallList(services.db, workspaceId, listId);
      if (list === null || list.status !== "filling") return;
      let after: string | null = null;
      do {
        const page: { customerId: string }[] = await listSegmentCustomers(services.db, workspaceId, list.segmentId, { after, limit: PAGE });
        await insertTargets(services.db, list, page.map(({ customerId }) => ({ id: newId(), customerId })), services.clock.now());
        after = page.length < PAGE ? null : (page.at(-1)?.customerId ?? null);
      } while (after !== null);
      await openFilledList(services.db, list);
    },
  }),
];
