import { z } from "zod";
import { defineListener } from "#platform/events";
import { sayStaffingChanged } from "./teams.ts";

export const teamsListeners = [
  // Members change their teams at the start of a day, and days start elsewhere now.
  defineListener({
    name: "people.restaff",
    event: "workspace.zone_changed",
    payload: z.unknown(),
    run: ({ services, workspaceId }) => sayStaffingChanged(services.db, workspaceId),
  }),
];
