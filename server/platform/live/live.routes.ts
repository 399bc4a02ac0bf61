import { z } from "zod";
import { httpErrors } from "../http/errors.ts";
import { defineRoute } from "../http/http.api.ts";
import type { Route } from "../http/http.api.ts";
import type { LiveHub } from "./live.ts";

/** The stream of a workspace's events. Every member may listen: events carry ids, never what a customer said. */
export const liveRoutes = (hub: LiveHub): Route[] => [
  defineRoute({
    method: "GET",
    url: "/api/live",
    summary: "Server-sent events of this workspace; resumes after the header Last-Event-ID",
    tag: "platform",
    access: { signedIn: true },
    query: z.object({
      lastEventId: z.coerce.number().int().min(0).optional(),
      loadingMs: z.coerce.number().int().min(0).max(600_000).optional().describe("for how long a page without a last id has been loading: what happened since is told"),
    }),
    reply: z.undefined().meta({ contentType: "text/event-stream" }),
    answer: async ({ actor, query, request, reply }) => {
      const header = Number(request.headers["last-event-id"]);
      const lastEventId = Number.isSafeInteger(header) && header > 0 ? header : (query.lastEventId ?? null);
      reply.hijack();
      const raw = reply.raw;
      raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" });
      if (!(await hub.attach({ workspaceId: actor.workspaceId, reply: raw, lastEventId, loadingMs: query.loadingMs ?? null }))) {
        raw.end();
        throw httpErrors.refuse("unavailable", "Too many live pages are open on this server.");
      }
      return undefined;
    },
  }),
];
