import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { forgetBoards } from "./dashboards.ts";

export const dashboardsJobs = [defineJob({ name: "dashboards.forget", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => forgetBoards(services) })];

export const dashboardsSchedules = [{ job: "dashboards.forget", cron: "17 3 * * *" }];
