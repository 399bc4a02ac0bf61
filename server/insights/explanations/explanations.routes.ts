import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { explanation, explanationQuery } from "./explanations.contract.ts";
import { explainChange } from "./explanations.ts";

export const explanationsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/explanations",
    tag: "metrics",
    summary: "Why a metric moved against the period before: groups that moved, groups that grew, needs and notes that go with it",
    access: { ability: "metrics.read" },
    query: explanationQuery,
    reply: explanation,
    answer: ({ actor, services, query }) => explainChange(services, actor, requireTrust(actor, query)),
  }),
];
