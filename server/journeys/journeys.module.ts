import { defineModule } from "#platform/manifest";
import { loadNaming, recallNaming } from "./touchpoints/naming.ts";
import { touchpointsJobs } from "./touchpoints/touchpoints.jobs.ts";
import { touchpointsAbilities, touchpointsRoutes } from "./touchpoints/touchpoints.routes.ts";
import { touchpointErrors } from "./touchpoints/touchpoints.ts";

export const journeysModule = defineModule({
  name: "journeys",
  routes: [...touchpointsRoutes],
  jobs: [...touchpointsJobs],
  abilities: [...touchpointsAbilities],
  errors: [...touchpointErrors.list],
  naming: { load: loadNaming, recall: recallNaming },
});
