import { defineModule } from "#platform/manifest";
import { reportErrors } from "./reports/report-selection.ts";
import { reportsRoutes } from "./reports/reports.routes.ts";
import { responsesJobs, responsesSchedules } from "./responses/responses.jobs.ts";
import { responsesListeners } from "./responses/responses.listeners.ts";
import { responsesAbilities, responsesRoutes } from "./responses/responses.routes.ts";
import { responseErrors } from "./responses/responses.ts";
import { surveyPageRoutes } from "./survey-page/survey-page.routes.ts";
import { surveysAbilities, surveysRoutes } from "./surveys/surveys.routes.ts";
import { surveyErrors } from "./surveys/surveys.ts";

export const feedbackModule = defineModule({
  name: "feedback",
  // Restored responses are noted anew as they come in.
  backup: { leftOut: ["feedback.response_changes"], note: async () => [], afterRestore: async () => undefined },
  routes: [...surveysRoutes, ...responsesRoutes, ...reportsRoutes],
  rawRoutes: [surveyPageRoutes],
  abilities: [...surveysAbilities, ...responsesAbilities],
  errors: [...surveyErrors.list, ...responseErrors.list, ...reportErrors.list],
  jobs: responsesJobs,
  schedules: responsesSchedules,
  listeners: responsesListeners,
});
