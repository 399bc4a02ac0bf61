import { z } from "zod";
import { defineJob, enqueue } from "#platform/jobs";
import { listWorkspaces } from "#platform/workspaces";
import { writeToChat } from "./chat.ts";
import { sendDigests } from "./digests.ts";
import { lookByDueRules } from "./looking.ts";
import { DELIVERY_TRIES } from "./deliveries.ts";
import { mailAlert, postAlert } from "./telling.ts";

const ofAlert = z.object({ workspaceId: z.uuid(), alertId: z.uuid() });

export const alertsJobs = [
  defineJob({ name: "alerts.look", payload: z.unknown(), maxAttempts: 2, run: ({ services }) => lookByDueRules(services) }),
  defineJob({ name: "alerts.mail", payload: ofAlert, maxAttempts: 10, run: ({ services, payload }) => mailAlert(services, payload.workspaceId, payload.alertId) }),
  defineJob({ name: "alerts.hook", payload: ofAlert, maxAttempts: DELIVERY_TRIES, run: ({ services, payload, attempt }) => postAlert(services, { ...payload, attempt }) }),
  defineJob({ name: "alerts.chat", payload: ofAlert, maxAttempts: DELIVERY_TRIES, run: ({ services, payload, attempt }) => writeToChat(services, { ...payload, attempt }) }),
  defineJob({
    name: "alerts.digests",
    payload: z.unknown(),
    maxAttempts: 3,
    run: async ({ services }) => {
      for (const { id } of await listWorkspaces(services.db)) await enqueue(services.db, "alerts.digest", { workspaceId: id }, { key: `alerts.digest:${id}` });
    },
  }),
  defineJob({ name: "alerts.digest", payload: z.object({ workspaceId: z.uuid() }), maxAttempts: 5, run: ({ services, payload }) => sendDigests(services, payload.workspaceId) }),
];

export const alertsSchedules = [
  { job: "alerts.look", cron: "*/5 * * * *" },
  { job: "alerts.digests", cron: "2 * * * *" },
];
