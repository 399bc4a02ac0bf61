import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { pathQuery } from "../paths/paths.contract.ts";
import { effectsQuery, effectsReply, outcomesReply } from "./effects.contract.ts";
import { listEffects, listOutcomes } from "./effects.ts";

const tag = "journeys";
const access = { ability: "paths.read" };

export const effectsRoutes = [
  defineRoute({
    method: "GET", url: "/api/paths/effects", summary: "Which touchpoints, connections, loops, silences and routes go with a bad outcome, against comparable customers", tag, access,
    query: effectsQuery, reply: effectsReply,
    answer: ({ actor, services, query }) => listEffects(services, actor, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/paths/effects/outcomes", summary: "Outcomes that can be asked about, with likely goals first", tag, access,
    query: pathQuery, reply: outcomesReply,
    answer: ({ actor, services, query }) => listOutcomes(services, actor.workspaceId, requireTrust(actor, query)),
  }),
];
