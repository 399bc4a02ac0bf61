import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { forgetBoards } from "./dashboards.ts";
import { beginSendings } from "./schedules.ts";
import { sendBoard } from "./sending.ts";
import { forgetPrints } from "./shares.ts";

export const dashboardsJobs = [
  defineJob({
    name: "dashboards.forget",
    payload: z.looseObject({}),
    maxAttempts: 3,
    run: async ({ services }) => {
      await forgetBoards(services);
      await forgetPrints(services);
    },
  }),
  defineJob({ name: "dashboards.begin-sendings", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => beginSendings(services) }),
  defineJob({ name: "dashboards.send", payload: z.object({ workspaceId: z.uuid(), sendingId: z.uuid() }), maxAttempts: 5, run: ({ services, payload }) => sendBoard(services, payload) }),
];

export const dashboardsSchedules = [
  { job: "dashboards.forget", cron: "17 3 * * *" },
  { job: "dashboards.begin-sendings", cron: "* * * * *" },
];
