import { defineRoute } from "#platform/http";
import { knownValuesQuery, knownValuesReply } from "./known-values.contract.ts";
import { listKnownValues } from "./known-values.ts";
import { requireTrust } from "./trust.ts";

export const knownValuesRoutes = [
  defineRoute({
    method: "GET", url: "/api/metrics/values", tag: "metrics", access: { ability: "metrics.read" }, summary: "What figures can be narrowed to: places, products, surveys, teams, members, segments and values of traits that are known, searched by name",
    query: knownValuesQuery, reply: knownValuesReply, answer: ({ actor, services, query }) => listKnownValues(services, actor.workspaceId, requireTrust(actor, query)),
  }),
];
