import { defineModule } from "#platform/manifest";
import { demoJobs } from "./demo/demo.jobs.ts";
import { demoAbilities, demoRoutes } from "./demo/demo.routes.ts";
import { demoErrors } from "./demo/demo.ts";

export const insightsModule = defineModule({
  name: "insights",
  routes: [...demoRoutes],
  jobs: [...demoJobs],
  abilities: [...demoAbilities],
  errors: [...demoErrors.list],
});
