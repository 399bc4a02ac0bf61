import { defineModule } from "#platform/manifest";
import { conversionErrors } from "./conversions/conversions.errors.ts";
import { conversionsRoutes } from "./conversions/conversions.routes.ts";
import { exportsAbilities, exportsRoutes } from "./exports/exports.routes.ts";
import { reportErrors } from "./reports/report-selection.ts";
import { reportsRoutes } from "./reports/reports.routes.ts";
import { responsesJobs, responsesSchedules } from "./responses/responses.jobs.ts";
import { responsesListeners } from "./responses/responses.listeners.ts";
import { responsesAbilities, responsesRoutes } from "./responses/responses.routes.ts";
import { responseErrors } from "./responses/responses.ts";
import { publishedRoutes } from "./reviews/published.routes.ts";
import { reviewErrors } from "./reviews/reviews.errors.ts";
import { reviewsJobs, reviewsSchedules } from "./reviews/reviews.jobs.ts";
import { reviewsListeners } from "./reviews/reviews.listeners.ts";
import { reviewSourcesRoutes, reviewsAbilities, reviewsRoutes, reviewWebhookRoutes } from "./reviews/reviews.routes.ts";
import { testimonialsRoutes } from "./reviews/testimonials.routes.ts";
import { surveyPageRoutes } from "./survey-page/survey-page.routes.ts";
import { surveySettingsRoutes } from "./surveys/survey-settings.routes.ts";
import { surveysAbilities, surveysRoutes } from "./surveys/surveys.routes.ts";
import { surveyErrors } from "./surveys/surveys.ts";

export const feedbackModule = defineModule({
  name: "feedback",
  // Restored responses are noted anew as they come in.
  backup: { leftOut: ["feedback.response_changes"], note: async () => [], afterRestore: async () => undefined },
  routes: [...surveysRoutes, ...surveySettingsRoutes, ...responsesRoutes, ...reportsRoutes, ...exportsRoutes, ...reviewsRoutes, ...reviewSourcesRoutes, ...testimonialsRoutes, ...conversionsRoutes],
  rawRoutes: [surveyPageRoutes, reviewWebhookRoutes, publishedRoutes],
  abilities: [...surveysAbilities, ...responsesAbilities, ...exportsAbilities, ...reviewsAbilities],
  errors: [...surveyErrors.list, ...responseErrors.list, ...reportErrors.list, ...reviewErrors.list, ...conversionErrors.list],
  jobs: [...responsesJobs, ...reviewsJobs],
  schedules: [...responsesSchedules, ...reviewsSchedules],
  listeners: [...responsesListeners, ...reviewsListeners],
});
