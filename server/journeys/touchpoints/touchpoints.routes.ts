import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute, page } from "#platform/http";
import { previewRules } from "./previews.ts";
import { changeTouchpointBody, createTouchpointBody, listedTouchpoint, orderBody, preview, previewBody, proposal, seenQuery, touchpoint } from "./touchpoints.contract.ts";
import { changeTouchpoint, createTouchpoint, getTouchpoint, listProposals, listWithSeen, orderTouchpoints, removeTouchpoint } from "./touchpoints.ts";

export const touchpointsAbilities = defineAbilities("touchpoints", {
  "touchpoints.read": { meaning: "See the register of touchpoints", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "touchpoints.write": { meaning: "Change the register of touchpoints and their rules", roles: ["owner", "admin", "manager"] },
});

const tag = "journeys";
const canRead = { ability: "touchpoints.read" };
const canWrite = { ability: "touchpoints.write" };
const one = z.object({ id: z.uuid() });

export const touchpointsRoutes = [
  defineRoute({
    method: "GET", url: "/api/touchpoints", summary: "The register of touchpoints in its order, with what was seen of each", tag, access: canRead,
    query: seenQuery, reply: page(listedTouchpoint),
    answer: async ({ actor, services, query }) => ({ items: await listWithSeen(services, actor.workspaceId, query.days), nextCursor: null }),
  }),
  defineRoute({
    method: "GET", url: "/api/touchpoint-proposals", summary: "Touchpoints that were met but are not in the register", tag, access: canRead,
    query: seenQuery, reply: page(proposal),
    answer: async ({ actor, services, query }) => ({ items: await listProposals(services, actor.workspaceId, query.days), nextCursor: null }),
  }),
  defineRoute({
    method: "POST", url: "/api/touchpoint-previews", summary: "What rules would match among the latest interactions; changes nothing", tag, access: canRead,
    body: previewBody, reply: preview, limit: { perMinute: 60 },
    answer: ({ actor, services, body }) => previewRules(services, actor, body),
  }),
  defineRoute({
    method: "POST", url: "/api/touchpoints", summary: "Register a touchpoint", tag, access: canWrite,
    body: createTouchpointBody, status: 201, reply: touchpoint,
    answer: ({ actor, services, body }) => createTouchpoint(services, actor, body),
  }),
  defineRoute({
    method: "PUT", url: "/api/touchpoint-order", summary: "Put the register into another order: where several match, the first wins", tag, access: canWrite,
    body: orderBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, body }) => orderTouchpoints(services, actor, body.ids).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/touchpoints/:id", summary: "One touchpoint with its rules", tag, access: canRead, params: one, reply: touchpoint,
    answer: ({ actor, services, params }) => getTouchpoint(services, actor.workspaceId, params.id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/touchpoints/:id", summary: "Change a touchpoint; the past is named anew", tag, access: canWrite,
    params: one, body: changeTouchpointBody, reply: touchpoint,
    answer: ({ actor, services, params, body }) => changeTouchpoint(services, actor, params.id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/touchpoints/:id", summary: "Take a touchpoint out of the register; interactions stay", tag, access: canWrite,
    params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeTouchpoint(services, actor, params.id).then(() => undefined),
  }),
];
