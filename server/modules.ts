// The modules in their order, one line each. A module may use those above it; those below hear of it by event.
import type { ModuleManifest } from "#platform/manifest";
import { customersModule } from "./customers/customers.module.ts";
import { feedbackModule } from "./feedback/feedback.module.ts";
import { insightsModule } from "./insights/insights.module.ts";
import { journeysModule } from "./journeys/journeys.module.ts";
import { peopleModule } from "./people/people.module.ts";
import { platformModule } from "./platform/platform.module.ts";

export const modules: readonly ModuleManifest[] = [
  platformModule,
  peopleModule,
  customersModule,
  journeysModule,
  feedbackModule,
  insightsModule,
];
