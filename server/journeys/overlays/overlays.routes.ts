import { z } from "zod";
import { defineRoute } from "#platform/http";
import { overlayQuery, overlayReply } from "./overlays.contract.ts";
import { getOverlay } from "./overlays.ts";

export const overlaysRoutes = [
  defineRoute({
    method: "GET", url: "/api/maps/:id/overlay", summary: "What every step of a map shows from data: volume, feeling, effort, needs, words, time", tag: "maps", access: { ability: "maps.read" },
    params: z.object({ id: z.uuid() }), query: overlayQuery, reply: overlayReply,
    answer: ({ actor, services, params: { id }, query }) => getOverlay(services, actor, id, query),
  }),
];
