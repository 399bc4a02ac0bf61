import { z } from "zod";
import { defineAbilities } from "../access/access.api.ts";
import { defineRoute } from "../http/http.api.ts";
import { httpErrors } from "../http/errors.ts";
import { failedJob } from "./jobs.contract.ts";
import { listFailedJobs, retryJob } from "./jobs.queries.ts";

export const jobsAbilities = defineAbilities("jobs", {
  "jobs.read": { meaning: "See background work that failed", roles: ["owner", "admin"] },
  "jobs.retry": { meaning: "Run failed background work again", roles: ["owner", "admin"] },
});

const SHOWN_MAX = 200;

export const jobsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/jobs/failed",
    summary: "Background work whose last attempt failed",
    tag: "platform",
    access: { ability: "jobs.read" },
    reply: z.object({ items: z.array(failedJob) }),
    answer: async ({ actor, services }) => {
      const jobs = await listFailedJobs(services.db, actor.workspaceId, SHOWN_MAX);
      return { items: jobs.map((job) => ({ ...job, failedAt: job.failedAt.toISOString(), nextRunAt: job.nextRunAt?.toISOString() ?? null })) };
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/jobs/failed/:id/retry",
    summary: "Run a failed job again now",
    tag: "platform",
    access: { ability: "jobs.retry" },
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    reply: z.object({ id: z.string() }),
    status: 202,
    answer: async ({ actor, services, params }) => {
      if (!(await retryJob(services.db, actor.workspaceId, params.id)))
        throw httpErrors.refuse("not_found", `There is no failed job ${params.id} in this workspace. It may have succeeded meanwhile.`);
      return { id: params.id };
    },
  }),
];
