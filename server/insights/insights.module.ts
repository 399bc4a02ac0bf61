import { defineModule } from "#platform/manifest";
import { demoJobs } from "./demo/demo.jobs.ts";
import { demoAbilities, demoRoutes } from "./demo/demo.routes.ts";
import { demoErrors } from "./demo/demo.ts";
import { metricsAbilities, metricsRoutes } from "./metrics/metrics.routes.ts";
import { metricsErrors } from "./metrics/selection.ts";

export const insightsModule = defineModule({
  name: "insights",
  routes: [...demoRoutes, ...metricsRoutes],
  jobs: [...demoJobs],
  abilities: [...demoAbilities, ...metricsAbilities],
  errors: [...demoErrors.list, ...metricsErrors.list],
});
