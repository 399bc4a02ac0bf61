import { defineModule } from "#platform/manifest";
import { auditAbilities, auditRoutes } from "./audit/audit.routes.ts";
import { analyticsJobs } from "./analytics/analytics.jobs.ts";
import { eventsJobs, eventsSchedules } from "./events/events.jobs.ts";
import { httpErrors } from "./http/errors.ts";
import { jobsAbilities, jobsRoutes } from "./jobs/jobs.routes.ts";
import { mailJobs, mailSchedules } from "./mail/mail.jobs.ts";
import { mailboxPasswords } from "./mailbox/mailbox-secrets.ts";
import { mailboxErrors } from "./mailbox/mailbox.errors.ts";
import { mailboxJobs, mailboxSchedules } from "./mailbox/mailbox.jobs.ts";
import { mailboxAbilities, mailboxRoutes } from "./mailbox/mailbox.routes.ts";
import { secretErrors } from "./secrets/secrets.errors.ts";
import { sealAfterStart } from "./secrets/secrets.jobs.ts";
import { workspacesAbilities, workspacesRoutes } from "./workspaces/workspaces.routes.ts";

export const platformModule = defineModule({
  name: "platform",
  routes: [...workspacesRoutes, ...auditRoutes, ...jobsRoutes, ...mailboxRoutes],
  abilities: [...workspacesAbilities, ...auditAbilities, ...jobsAbilities, ...mailboxAbilities],
  errors: [...httpErrors.list, ...secretErrors.list, ...mailboxErrors.list],
  start: [sealAfterStart],
  jobs: [...mailJobs, ...eventsJobs, ...analyticsJobs, ...mailboxJobs],
  schedules: [...eventsSchedules, ...mailSchedules, ...mailboxSchedules],
  secretStores: [mailboxPasswords],
  // Who runs jobs here says so again within seconds of the start.
  backup: { leftOut: ["platform.job_workers"], note: async () => [], afterRestore: async () => undefined },
});
