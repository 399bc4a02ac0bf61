import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { assignGap, changeGap, listGapHistory, releaseGap } from "./gap-assignments.ts";
import { assignGapBody, changeGapBody, gapAssignment, gapHistoryReply, gapPlacesQuery, gapPlacesReply, gapsQuery, gapsReply } from "./gaps.contract.ts";
import { listGapPlaces, listGaps } from "./gaps.ts";

export const gapsAbilities = defineAbilities("gaps", {
  "gaps.read": { meaning: "See where delivery falls short of what customers expect", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "gaps.assign": { meaning: "Take such gaps on, hand them to somebody, and say what became of them", roles: ["owner", "admin", "manager"] },
});

const tag = "journeys";
const canRead = { ability: "gaps.read" };
const canAssign = { ability: "gaps.assign" };
const params = z.object({ id: z.uuid() });

export const gapsRoutes = [
  defineRoute({
    method: "GET", url: "/api/gaps", summary: "In what ways expectations are not lived up to, the largest gap first", tag, access: canRead, query: gapsQuery, reply: gapsReply,
    answer: ({ actor, services, query }) => listGaps(services, actor, query),
  }),
  defineRoute({
    method: "GET", url: "/api/gaps/places", summary: "One touchpoint at all its channels, places, teams and members, and what was planned for it beside what came", tag, access: canRead, query: gapPlacesQuery, reply: gapPlacesReply,
    answer: ({ actor, services, query }) => listGapPlaces(services, actor, query),
  }),
  defineRoute({
    method: "POST", url: "/api/gap-assignments", summary: "Take a gap on", tag, access: canAssign, body: assignGapBody, status: 201, reply: gapAssignment,
    answer: ({ actor, services, body }) => assignGap(services, actor, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/gap-assignments/:id", summary: "Hand a gap on, or say what became of it", tag, access: canAssign, params, body: changeGapBody, reply: gapAssignment,
    answer: ({ actor, services, params: { id }, body }) => changeGap(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/gap-assignments/:id", summary: "Let go of a gap", tag, access: canAssign, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => releaseGap(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/gap-assignments/:id/history", summary: "What became of a gap that somebody took on", tag, access: canRead, params, reply: gapHistoryReply,
    answer: ({ actor, services, params: { id } }) => listGapHistory(services, actor, id),
  }),
];
