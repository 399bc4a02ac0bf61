import { defineModule } from "#platform/manifest";
import { annotationsAbilities, annotationsRoutes } from "./annotations/annotations.routes.ts";
import { annotationsErrors } from "./annotations/annotations.ts";
import { demoJobs } from "./demo/demo.jobs.ts";
import { demoAbilities, demoRoutes } from "./demo/demo.routes.ts";
import { demoErrors } from "./demo/demo.ts";
import { metricsAbilities, metricsRoutes } from "./metrics/metrics.routes.ts";
import { metricsErrors } from "./metrics/selection.ts";

export const insightsModule = defineModule({
  name: "insights",
  routes: [...annotationsRoutes, ...demoRoutes, ...metricsRoutes],
  jobs: [...demoJobs],
  abilities: [...annotationsAbilities, ...demoAbilities, ...metricsAbilities],
  errors: [...annotationsErrors.list, ...demoErrors.list, ...metricsErrors.list],
});
