import { defineModule } from "#platform/manifest";
import { channelsRoutes } from "./channels/channels.routes.ts";
import { deviationErrors } from "./deviations/deviations.ts";
import { deviationsRoutes } from "./deviations/deviations.routes.ts";
import { effectErrors } from "./effects/effects.ts";
import { effectsRoutes } from "./effects/effects.routes.ts";
import { gapErrors } from "./gaps/gap-assignments.ts";
import { gapsAbilities, gapsRoutes } from "./gaps/gaps.routes.ts";
import { overlayErrors } from "./overlays/overlays.ts";
import { overlaysRoutes } from "./overlays/overlays.routes.ts";
import { tellExport } from "./maps/export-of-customer.ts";
import { mapErrors } from "./maps/maps.errors.ts";
import { mapsListeners } from "./maps/maps.listeners.ts";
import { mapPartsRoutes } from "./maps/map-parts.routes.ts";
import { mapsJobs, stripAfterStart } from "./maps/maps.jobs.ts";
import { mapsAbilities, mapsRoutes } from "./maps/maps.routes.ts";
import { tellSegmentUses } from "./maps/segment-uses.ts";
import { recallNaming } from "./touchpoints/naming.ts";
import { pathErrors } from "./paths/asked.ts";
import { pathLogErrors } from "./paths/path-logs.ts";
import { pathLogsAbilities, pathLogsRoutes } from "./paths/path-logs.routes.ts";
import { pathsAbilities, pathsRoutes } from "./paths/paths.routes.ts";
import { placesErrors } from "./places/places.ts";
import { placesRoutes } from "./places/places.routes.ts";
import { journeySelectionErrors } from "./paths/selection.ts";
import { touchpointsJobs } from "./touchpoints/touchpoints.jobs.ts";
import { touchpointsAbilities, touchpointsRoutes } from "./touchpoints/touchpoints.routes.ts";
import { touchpointErrors } from "./touchpoints/touchpoints.ts";

export const journeysModule = defineModule({
  name: "journeys",
  routes: [...touchpointsRoutes, ...channelsRoutes, ...placesRoutes, ...overlaysRoutes, ...deviationsRoutes, ...mapsRoutes, ...mapPartsRoutes, ...pathsRoutes, ...pathLogsRoutes, ...effectsRoutes, ...gapsRoutes],
  listeners: [...mapsListeners],
  start: [tellSegmentUses, tellExport, stripAfterStart],
  jobs: [...touchpointsJobs, ...mapsJobs],
  abilities: [...touchpointsAbilities, ...mapsAbilities, ...pathsAbilities, ...pathLogsAbilities, ...gapsAbilities],
  errors: [...touchpointErrors.list, ...journeySelectionErrors.list, ...placesErrors.list, ...pathErrors.list, ...pathLogErrors.list, ...effectErrors.list, ...gapErrors.list, ...overlayErrors.list, ...deviationErrors.list, ...mapErrors.list],
  naming: { recall: recallNaming },
});
