import { defineModule } from "#platform/manifest";
import { contactPolicyAbilities, contactPolicyRoutes } from "./contact-policy/contact-policy.routes.ts";
import { groupsRoutes } from "./groups/groups.routes.ts";
import { identityAbilities, identityRoutes } from "./identity/identity.routes.ts";
import { followedChangesJobs, followedChangesSchedules } from "./experience/followed-changes.jobs.ts";
import { experienceListeners } from "./experience/experience.listeners.ts";
import { listUnresolved, moveResolver } from "./experience/experience.queries.ts";
import { identityListeners } from "./identity/identity.listeners.ts";
import { startImportRunner } from "./imports/import-runner.ts";
import { importsErrors } from "./imports/imports.errors.ts";
import { importsJobs, importsSchedules } from "./imports/imports.jobs.ts";
import { importsAbilities, importsRoutes } from "./imports/imports.routes.ts";
import { deadLettersJobs, deadLettersSchedules } from "./ingest/dead-letters.jobs.ts";
import { deadLettersAbilities, deadLettersRoutes } from "./ingest/dead-letters.routes.ts";
import { deadLetterErrors, ingestErrors } from "./ingest/ingest.errors.ts";
import { ingestListeners } from "./ingest/ingest.listeners.ts";
import { ingestRawRoutes } from "./ingest/ingest.routes.ts";
import { profilesErrors } from "./profiles/profiles.errors.ts";
import { profilesAbilities, profilesRoutes } from "./profiles/profiles.routes.ts";
import { segmentsErrors } from "./segments/segments.errors.ts";
import { segmentsAbilities, segmentsRoutes } from "./segments/segments.routes.ts";

export const customersModule = defineModule({
  name: "customers",
  // What followers read to catch up is of no use to a restored installation, whose copy starts from nothing.
  backup: { leftOut: ["customers.identity_changes", "customers.customer_changes", "customers.deletions", "customers.followed_changes", "customers.cleared_changes", "customers.resolver"], note: listUnresolved, afterRestore: moveResolver },
  routes: [...profilesRoutes, ...identityRoutes, ...groupsRoutes, ...importsRoutes, ...deadLettersRoutes, ...contactPolicyRoutes, ...segmentsRoutes],
  abilities: [...profilesAbilities, ...identityAbilities, ...importsAbilities, ...deadLettersAbilities, ...contactPolicyAbilities, ...segmentsAbilities],
  errors: [...profilesErrors.list, ...importsErrors.list, ...ingestErrors.list, ...deadLetterErrors.list, ...segmentsErrors.list],
  jobs: [...followedChangesJobs, ...importsJobs, ...deadLettersJobs],
  schedules: [...followedChangesSchedules, ...importsSchedules, ...deadLettersSchedules],
  start: [startImportRunner],
  rawRoutes: [ingestRawRoutes],
  listeners: [...experienceListeners, ...identityListeners, ...ingestListeners],
});
