import { defineListener } from "#platform/events";
import { z } from "zod";
import { eraseCustomerFromMaps } from "./accounts.queries.ts";

export const mapsListeners = [
  // Her feelings on the timeline are gone already; what she told about the steps of maps goes with them.
  defineListener({
    name: "journeys.eraseAccounts",
    event: "customer.erased",
    payload: z.object({ customerIds: z.array(z.uuid()) }),
    run: ({ services, workspaceId, payload }) => eraseCustomerFromMaps(services.db, workspaceId, payload.customerIds),
  }),
];
