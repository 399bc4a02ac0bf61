import { defineAbilities } from "#platform/access";
import type { AnalyticsStatus } from "#platform/analytics";
import { defineRoute, requireAbility } from "#platform/http";
import { requireTrust } from "#customers";
import { findTraitValues, listAttributes } from "./attributes.ts";
import { drawGraph, listMetNames } from "./graph.ts";
import {
  attributesReply, copyingReply, flowQuery, flowReply, funnelQuery, funnelReply, graphQuery, graphReply, namesQuery, namesReply, placeQuery, placeReply, returnQuery, returnReply, silencesQuery, silencesReply, traitValuesQuery, traitValuesReply, travellersQuery, travellersReply, variantsQuery, variantsReply,
} from "./paths.contract.ts";
import { countFunnel, countReturning, drawPathFlow, listPathTravellers, listPathVariants, listSilences, showPlace } from "./paths.ts";

export const pathsAbilities = defineAbilities("paths", {
  "paths.read": { meaning: "See the paths customers really took", roles: ["owner", "admin", "manager", "agent", "viewer"] },
});

const tag = "journeys";
// A flood of events is followed at this distance all the time; beyond, figures grow while they are looked at.
const USUAL_LAG_ROWS = 2_000;
const isFarBehind = ({ state, lagRows }: AnalyticsStatus): boolean => state === "rebuilding" || lagRows > USUAL_LAG_ROWS;

const canRead = { ability: "paths.read" };

export const pathsRoutes = [
  defineRoute({
    method: "GET", url: "/api/paths/graph", summary: "What customers did after what: counts, customers, times and feelings, placed for drawing", tag, access: canRead,
    query: graphQuery, reply: graphReply,
    answer: ({ actor, services, query }) => drawGraph(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/names", summary: "Names of steps that were met, to choose from", tag, access: canRead,
    query: namesQuery, reply: namesReply,
    answer: async ({ actor, services, query }) => ({ names: await listMetNames(services, actor.workspaceId, query) }),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/copying", summary: "Whether facts that came in are still to be counted", tag, access: canRead,
    reply: copyingReply,
    answer: async ({ services }) => {
      const status = await services.analytics.status();
      return { isBehind: isFarBehind(status), waiting: status.lagRows };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/paths/attributes", summary: "Properties of interactions, with values to choose from, and traits of customers that paths can be asked for", tag, access: canRead,
    reply: attributesReply,
    answer: ({ actor, services }) => {
      requireAbility(actor, "customers.read");
      return listAttributes(services, actor.workspaceId);
    },
  }),
  defineRoute({
    method: "GET", url: "/api/paths/trait-values", summary: "Values of a trait among all customers, to ask paths for", tag, access: canRead,
    query: traitValuesQuery, reply: traitValuesReply,
    answer: async ({ actor, services, query }) => {
      requireAbility(actor, "customers.read");
      return { values: await findTraitValues(services, actor.workspaceId, query) };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/paths/variants", summary: "The most frequent ways from the first step to the last", tag, access: canRead,
    query: variantsQuery, reply: variantsReply,
    answer: ({ actor, services, query }) => listPathVariants(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/flow", summary: "Paths by the number of their steps, with others and who left", tag, access: canRead,
    query: flowQuery, reply: flowReply,
    answer: ({ actor, services, query }) => drawPathFlow(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/funnel", summary: "How many paths get from step to step", tag, access: canRead,
    query: funnelQuery, reply: funnelReply,
    answer: ({ actor, services, query }) => countFunnel(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/retention", summary: "How many customers came back after so many days, weeks or months", tag, access: canRead,
    query: returnQuery, reply: returnReply,
    answer: ({ actor, services, query }) => countReturning(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/silences", summary: "Where customers are silent for longer than some time, and who still is", tag, access: canRead,
    query: silencesQuery, reply: silencesReply,
    answer: ({ actor, services, query }) => listSilences(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/place", summary: "Who met one thing, or one thing right after another, with examples", tag, access: canRead,
    query: placeQuery, reply: placeReply,
    answer: ({ actor, services, query }) => showPlace(services, actor, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/travellers", summary: "Customers seen last with their steps, at most 200", tag, access: canRead,
    query: travellersQuery, reply: travellersReply,
    answer: ({ actor, services, query }) => listPathTravellers(services, actor, requireTrust(actor, query)),
  }),
];
