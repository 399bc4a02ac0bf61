import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { changesQuery, changesReply } from "./changes.contract.ts";
import { showChanges } from "./changes.ts";

export const changesRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/changes",
    tag: "metrics",
    summary: "Whether metrics moved from the period before, decided as alerts decide",
    access: { ability: "metrics.read" },
    query: changesQuery,
    reply: changesReply,
    answer: ({ actor, services, query }) => showChanges(services, actor.workspaceId, requireTrust(actor, query)),
  }),
];
