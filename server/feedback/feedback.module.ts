import { defineModule } from "#platform/manifest";
import { responsesJobs, responsesSchedules } from "./responses/responses.jobs.ts";
import { responsesListeners } from "./responses/responses.listeners.ts";
import { responsesAbilities, responsesRoutes } from "./responses/responses.routes.ts";
import { responseErrors } from "./responses/responses.ts";
import { surveyPageRoutes } from "./survey-page/survey-page.routes.ts";
import { surveysAbilities, surveysRoutes } from "./surveys/surveys.routes.ts";
import { surveyErrors } from "./surveys/surveys.ts";

export const feedbackModule = defineModule({
  name: "feedback",
  routes: [...surveysRoutes, ...responsesRoutes],
  rawRoutes: [surveyPageRoutes],
  abilities: [...surveysAbilities, ...responsesAbilities],
  errors: [...surveyErrors.list, ...responseErrors.list],
  jobs: responsesJobs,
  schedules: responsesSchedules,
  listeners: responsesListeners,
});
