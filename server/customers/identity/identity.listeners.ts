import { defineListener } from "#platform/events";
import { z } from "zod";
import { repairIdentities } from "./repair.ts";

export const identityListeners = [
  defineListener({
    name: "customers.take back what an undone import said",
    event: "import.undone",
    payload: z.unknown(),
    run: ({ services, workspaceId }) => repairIdentities(services.db, workspaceId),
  }),
  defineListener({
    name: "customers.take back what withdrawn facts said",
    event: "experience.withdrawn",
    payload: z.unknown(),
    run: ({ services, workspaceId }) => repairIdentities(services.db, workspaceId),
  }),
];
