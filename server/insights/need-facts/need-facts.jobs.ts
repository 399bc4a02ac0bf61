import { z } from "zod";
import { defineJob, enqueue } from "#platform/jobs";
import { listWorkspaces } from "#platform/workspaces";
import { holdsAllFacts } from "./need-facts.rules.ts";
import { noteAllBases } from "./need-facts.ts";

export const needFactsJobs = [
  defineJob({
    name: "need_facts.note_all",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      if (!holdsAllFacts(await services.analytics.status())) return;
      for (const { id } of await listWorkspaces(services.db)) await enqueue(services.db, "need_facts.note", { workspaceId: id }, { key: `need_facts.note:${id}`, queue: "need_facts.note" });
    },
  }),
  defineJob({ name: "need_facts.note", payload: z.object({ workspaceId: z.uuid() }), maxAttempts: 3, run: ({ services, payload }) => noteAllBases(services, payload.workspaceId) }),
];

export const needFactsSchedules = [{ job: "need_facts.note_all", cron: "17 * * * *" }];
