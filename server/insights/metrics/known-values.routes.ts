import type { Actor } from "#platform/access";
import { defineRoute, requireAbility } from "#platform/http";
import { requireTrust } from "#customers";
import { knownValuesQuery, knownValuesReply, type KnownBy } from "./known-values.contract.ts";
import { listKnownValues } from "./known-values.ts";

// Names of members are for whoever may see who belongs to the workspace.
const requireMembers = <Asked extends { by: KnownBy }>(actor: Actor, asked: Asked): Asked => {
  if (asked.by === "member") requireAbility(actor, "members.read");
  return asked;
};

export const knownValuesRoutes = [
  defineRoute({
    method: "GET", url: "/api/metrics/values", tag: "metrics", access: { ability: "metrics.read" }, summary: "What figures can be narrowed to: places, products, surveys, teams, members, segments and values of traits that are known, searched by name",
    query: knownValuesQuery, reply: knownValuesReply, answer: ({ actor, services, query }) => listKnownValues(services, actor.workspaceId, requireTrust(actor, requireMembers(actor, query))),
  }),
];
