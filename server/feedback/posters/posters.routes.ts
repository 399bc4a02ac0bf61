import { defineAbilities } from "#platform/access";
import { FileReply, defineRoute, fileReply } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import { z } from "zod";
import { ChangePosterBody, CreatePosterBody, Poster } from "./posters.contract.ts";
import { changePoster, createPoster, followCode, getPoster, listAllPosters, qrOfPoster, removePoster } from "./posters.ts";

export const postersAbilities = defineAbilities("posters", {
  "posters.read": { meaning: "See the printed codes, where they hang and how often they are scanned", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "posters.write": { meaning: "Make, change and remove printed codes", roles: ["owner", "admin", "manager"] },
});

const tag = "feedback";
const canRead = { ability: "posters.read" };
const canWrite = { ability: "posters.write" };
const params = z.object({ id: z.uuid() });
const SVG = "image/svg+xml";

export const postersRoutes = [
  defineRoute({
    method: "GET", url: "/api/posters", summary: "Printed codes, by place", tag, access: canRead,
    query: z.object({ surveyId: z.uuid().optional() }), reply: z.object({ items: z.array(Poster) }),
    answer: async ({ actor, services, query }) => ({ items: await listAllPosters(services, actor.workspaceId, query.surveyId ?? null) }),
  }),
  defineRoute({
    method: "POST", url: "/api/posters", summary: "Make a code to print for one place", tag, access: canWrite, body: CreatePosterBody, status: 201, reply: Poster,
    answer: ({ actor, services, body }) => createPoster(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/posters/:id", summary: "One printed code", tag, access: canRead, params, reply: Poster,
    answer: ({ actor, services, params: { id } }) => getPoster(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/posters/:id", summary: "Change a poster; the printed code stays good", tag, access: canWrite, params, body: ChangePosterBody, reply: Poster,
    answer: ({ actor, services, params: { id }, body }) => changePoster(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/posters/:id", summary: "Remove a poster; its printed code leads nowhere from then on", tag, access: canWrite, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => removePoster(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/posters/:id/qr.svg", summary: "The code as a picture", tag, access: canRead, params, reply: fileReply(SVG),
    answer: async ({ actor, services, params: { id } }) => new FileReply({ contentType: SVG, fileName: "qr.svg", body: await qrOfPoster(services, actor.workspaceId, id) }),
  }),
];

/** Where printed codes lead: on to the survey, or to a page that says the code is not known. */
export const scannedCodeRoutes: RawRoutes = (app, services) => {
  app.get<{ Params: { code: string } }>("/q/:code", async (request, reply) => {
    const { code } = request.params;
    const address = /^[a-z0-9]{7}$/.test(code) ? await followCode(services, code) : null;
    return reply.headers({ "cache-control": "no-store", "referrer-policy": "no-referrer" }).redirect(address ?? "/s/unknown", 302);
  });
};
