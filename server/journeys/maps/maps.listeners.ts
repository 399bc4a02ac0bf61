import { defineListener } from "#platform/events";
import { z } from "zod";
import { eraseAccounts } from "./accounts.ts";
import { followPersona } from "./viewpoints.ts";

const ofSegment = z.object({ segmentId: z.uuid() });

export const mapsListeners = [
  // Her feelings on the timeline are gone already; what she told about the steps of maps goes with them.
  defineListener({
    name: "journeys.eraseAccounts",
    event: "customer.erased",
    payload: z.object({ customerIds: z.array(z.uuid()) }),
    run: ({ services, workspaceId, payload }) => eraseAccounts(services, workspaceId, payload.customerIds),
  }),
  defineListener({
    name: "journeys.followPersona",
    event: "segment.changed",
    payload: ofSegment.extend({ isRetold: z.boolean().default(false) }),
    // Who is on a contact list changes often, and nothing that a map keeps of its persona.
    run: async ({ services, workspaceId, payload }) => (payload.isRetold ? followPersona(services, workspaceId, payload.segmentId) : undefined),
  }),
  defineListener({
    name: "journeys.missPersona",
    event: "segment.deleted",
    payload: ofSegment,
    run: ({ services, workspaceId, payload }) => followPersona(services, workspaceId, payload.segmentId),
  }),
];
