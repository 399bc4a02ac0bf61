import { nameTimelinesBy } from "#customers";
import { defineModule } from "#platform/manifest";
import { touchpointNaming } from "./touchpoints/naming.ts";
import { touchpointsJobs } from "./touchpoints/touchpoints.jobs.ts";
import { touchpointsAbilities, touchpointsRoutes } from "./touchpoints/touchpoints.routes.ts";
import { touchpointErrors } from "./touchpoints/touchpoints.ts";

export const journeysModule = defineModule({
  name: "journeys",
  routes: [...touchpointsRoutes],
  jobs: [...touchpointsJobs],
  abilities: [...touchpointsAbilities],
  errors: [...touchpointErrors.list],
  // Timelines belong to an earlier module, which must not know the register: it is handed the naming.
  start: [
    async ({ db }) => {
      nameTimelinesBy((workspaceId) => touchpointNaming(db, workspaceId));
      return { stop: async () => undefined };
    },
  ],
});
