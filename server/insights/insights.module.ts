import { defineModule } from "#platform/manifest";
import { annotationsAbilities, annotationsRoutes } from "./annotations/annotations.routes.ts";
import { annotationsErrors } from "./annotations/annotations.ts";
import { dashboardsJobs, dashboardsSchedules } from "./dashboards/dashboards.jobs.ts";
import { dashboardsAbilities, dashboardsRoutes } from "./dashboards/dashboards.routes.ts";
import { dashboardErrors } from "./dashboards/dashboards.ts";
import { demoJobs } from "./demo/demo.jobs.ts";
import { assistantsRoutes } from "./assistants/assistants.routes.ts";
import { startCommentReader } from "./comments/comment-reader.ts";
import { commentsJobs, commentsSchedules } from "./comments/comments.jobs.ts";
import { commentsAbilities, commentsRoutes } from "./comments/comments.routes.ts";
import { commentsErrors } from "./comments/comments.ts";
import { resetReadingPosition } from "./comments/readings.queries.ts";
import { demoAbilities, demoRoutes } from "./demo/demo.routes.ts";
import { demoErrors } from "./demo/demo.ts";
import { driversErrors } from "./drivers/drivers.ts";
import { driversRoutes } from "./drivers/drivers.routes.ts";
import { explanationsRoutes } from "./explanations/explanations.routes.ts";
import { metricsAbilities, metricsRoutes } from "./metrics/metrics.routes.ts";
import { outcomesErrors } from "./outcomes/counting.ts";
import { outcomesAbilities, outcomesRoutes } from "./outcomes/outcomes.routes.ts";
import { metricsErrors } from "./metrics/selection.ts";

export const insightsModule = defineModule({
  name: "insights",
  // What was read before is left alone; the place in the order of commit is another in a restored database.
  backup: { leftOut: [], note: async () => [], afterRestore: resetReadingPosition },
  routes: [...annotationsRoutes, ...assistantsRoutes, ...commentsRoutes, ...dashboardsRoutes, ...demoRoutes, ...driversRoutes, ...explanationsRoutes, ...metricsRoutes, ...outcomesRoutes],
  start: [startCommentReader],
  jobs: [...commentsJobs, ...dashboardsJobs, ...demoJobs],
  schedules: [...commentsSchedules, ...dashboardsSchedules],
  abilities: [...annotationsAbilities, ...commentsAbilities, ...dashboardsAbilities, ...demoAbilities, ...metricsAbilities, ...outcomesAbilities],
  errors: [...annotationsErrors.list, ...commentsErrors.list, ...dashboardErrors.list, ...demoErrors.list, ...driversErrors.list, ...metricsErrors.list, ...outcomesErrors.list],
});
