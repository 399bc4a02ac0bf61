import { defineModule } from "#platform/manifest";
import { auditAbilities, auditRoutes } from "./audit/audit.routes.ts";
import { analyticsJobs } from "./analytics/analytics.jobs.ts";
import { eventsJobs, eventsSchedules } from "./events/events.jobs.ts";
import { httpErrors } from "./http/errors.ts";
import { jobsAbilities, jobsRoutes } from "./jobs/jobs.routes.ts";
import { mailJobs, mailSchedules } from "./mail/mail.jobs.ts";
import { secretErrors } from "./secrets/secrets.errors.ts";
import { sealAfterStart } from "./secrets/secrets.jobs.ts";
import { workspacesAbilities, workspacesRoutes } from "./workspaces/workspaces.routes.ts";

export const platformModule = defineModule({
  name: "platform",
  routes: [...workspacesRoutes, ...auditRoutes, ...jobsRoutes],
  abilities: [...workspacesAbilities, ...auditAbilities, ...jobsAbilities],
  errors: [...httpErrors.list, ...secretErrors.list],
  start: [sealAfterStart],
  jobs: [...mailJobs, ...eventsJobs, ...analyticsJobs],
  schedules: [...eventsSchedules, ...mailSchedules],
});
