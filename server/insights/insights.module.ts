import { registerSegmentUses } from "#customers";
import { defineModule } from "#platform/manifest";
import { alertsJobs, alertsSchedules } from "./alerts/alerts.jobs.ts";
import { alertsAbilities, alertsRoutes } from "./alerts/alerts.routes.ts";
import { alertsErrors } from "./alerts/alerts.ts";
import { alertRuleSecrets } from "./alerts/rule-secrets.ts";
import { listSegmentUses } from "./alerts/subjects.ts";
import { annotationsAbilities, annotationsRoutes } from "./annotations/annotations.routes.ts";
import { annotationsErrors } from "./annotations/annotations.ts";
import { dashboardsJobs, dashboardsSchedules } from "./dashboards/dashboards.jobs.ts";
import { dashboardsAbilities, dashboardsRoutes } from "./dashboards/dashboards.routes.ts";
import { dashboardErrors } from "./dashboards/dashboards.errors.ts";
import { leavingRoutes, schedulesRoutes } from "./dashboards/schedules.routes.ts";
import { scheduleErrors } from "./dashboards/schedules.ts";
import { sharesRoutes } from "./dashboards/shares.routes.ts";
import { shareErrors } from "./dashboards/shares.ts";
import { demoJobs } from "./demo/demo.jobs.ts";
import { assistantsRoutes } from "./assistants/assistants.routes.ts";
import { startCommentReader } from "./comments/comment-reader.ts";
import { commentsJobs, commentsSchedules } from "./comments/comments.jobs.ts";
import { commentsAbilities, commentsRoutes } from "./comments/comments.routes.ts";
import { commentsErrors } from "./comments/comments.ts";
import { startRenewal } from "./comments/renewal.ts";
import { demoAbilities, demoRoutes } from "./demo/demo.routes.ts";
import { demoErrors } from "./demo/demo.ts";
import { changesRoutes } from "./changes/changes.routes.ts";
import { driversErrors } from "./drivers/drivers.ts";
import { driversRoutes } from "./drivers/drivers.routes.ts";
import { explanationsRoutes } from "./explanations/explanations.routes.ts";
import { knownValuesRoutes } from "./metrics/known-values.routes.ts";
import { metricsAbilities, metricsRoutes } from "./metrics/metrics.routes.ts";
import { needFactsJobs, needFactsSchedules } from "./need-facts/need-facts.jobs.ts";
import { needFactsErrors } from "./need-facts/need-facts.ts";
import { needFactsAbilities, needFactsRoutes } from "./need-facts/need-facts.routes.ts";
import { outcomesErrors } from "./outcomes/counting.ts";
import { outcomesAbilities, outcomesRoutes } from "./outcomes/outcomes.routes.ts";
import { metricsErrors } from "./metrics/selection.ts";
import { themesErrors } from "./themes/discoveries.ts";
import { startThemeAssigner } from "./themes/theme-assigner.ts";
import { themesJobs, themesSchedules } from "./themes/themes.jobs.ts";
import { themesAbilities, themesRoutes } from "./themes/themes.routes.ts";
import { writingAidKeys } from "./writing-aid/aid-secrets.ts";
import { writingAidAbilities, writingAidRoutes } from "./writing-aid/writing-aid.routes.ts";
import { writingAidErrors } from "./writing-aid/writing-aid.ts";

const tellUses = async (): Promise<{ stop: () => Promise<void> }> => {
  registerSegmentUses(listSegmentUses);
  return { stop: async () => undefined };
};

export const insightsModule = defineModule({
  name: "insights",
  // Places in the order of commit are of another count in a restored database: everything is looked at again, and what was read is left alone.
  backup: { leftOut: ["insights.reading_positions", "insights.theme_positions"], note: async () => [], afterRestore: async () => undefined },
  routes: [...alertsRoutes, ...annotationsRoutes, ...assistantsRoutes, ...changesRoutes, ...commentsRoutes, ...dashboardsRoutes, ...schedulesRoutes, ...sharesRoutes, ...demoRoutes, ...driversRoutes, ...explanationsRoutes, ...knownValuesRoutes, ...metricsRoutes, ...needFactsRoutes, ...outcomesRoutes, ...themesRoutes, ...writingAidRoutes],
  secretStores: [alertRuleSecrets, writingAidKeys],
  rawRoutes: [leavingRoutes],
  start: [startCommentReader, startThemeAssigner, startRenewal, tellUses],
  jobs: [...alertsJobs, ...commentsJobs, ...dashboardsJobs, ...demoJobs, ...needFactsJobs, ...themesJobs],
  schedules: [...alertsSchedules, ...commentsSchedules, ...dashboardsSchedules, ...needFactsSchedules, ...themesSchedules],
  abilities: [...alertsAbilities, ...annotationsAbilities, ...commentsAbilities, ...dashboardsAbilities, ...demoAbilities, ...metricsAbilities, ...needFactsAbilities, ...outcomesAbilities, ...themesAbilities, ...writingAidAbilities],
  errors: [...alertsErrors.list, ...annotationsErrors.list, ...commentsErrors.list, ...dashboardErrors.list, ...scheduleErrors.list, ...shareErrors.list, ...demoErrors.list, ...driversErrors.list, ...metricsErrors.list, ...needFactsErrors.list, ...outcomesErrors.list, ...themesErrors.list, ...writingAidErrors.list],
});
