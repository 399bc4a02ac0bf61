import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { AppError, defineRoute, page, pageQuery } from "#platform/http";
import { Readable } from "node:stream";
import { z } from "zod";
import { bounceErrors, takeBounce } from "./bounces.ts";
import * as contract from "./distributions.contract.ts";
import * as verbs from "./distributions.ts";
import { listDistributions } from "./distributions.queries.ts";
import { listInvitations } from "./invitation-list.queries.ts";
import { previewDistribution, sendTest } from "./previewing.ts";
import { lengthOfText } from "./text-length.rules.ts";
import { NewTextGateway, SentText, TextGateway } from "./texts.contract.ts";
import { listTexts } from "./texts.queries.ts";
import { saveGateway, showGateway } from "./texts.ts";

export const distributionsAbilities = defineAbilities("distributions", {
  "distributions.read": { meaning: "See who was asked by mail or text message, and what became of it", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "distributions.write": { meaning: "Ask people by mail or text message", roles: ["owner", "admin", "manager"] },
  "text-gateway.write": { meaning: "Set up how text messages are sent", roles: ["owner", "admin"] },
});

const tag = "feedback";
const read = { ability: "distributions.read" };
const write = { ability: "distributions.write" };
const one = z.object({ id: z.uuid() });
const BOUNCE_BYTES_MAX = 10_000_000;

export const distributionsRoutes = [
  defineRoute({
    method: "GET", url: "/api/distributions", summary: "Distributions by mail and text message, newest first", tag, access: read,
    query: z.object({ ...pageQuery, surveyId: z.uuid().optional() }), reply: page(contract.Distribution),
    answer: async ({ actor, services, query }) => {
      const rows = await listDistributions(services.db, actor.workspaceId, { surveyId: query.surveyId ?? null, before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      return { items: await verbs.showDistributions(services.db, actor.workspaceId, shown), nextCursor: cursorAfter(shown.at(-1), rows.length > query.limit) };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/distributions", summary: "Prepare a distribution; nothing is sent yet", tag, access: write, body: contract.NewDistribution, reply: contract.Distribution, status: 201,
    answer: async ({ actor, services, body }) => verbs.showDistribution(services, await verbs.createDistribution(services, actor, body)),
  }),
  defineRoute({
    method: "GET", url: "/api/distributions/:id", summary: "One distribution with its progress", tag, access: read, params: one, reply: contract.Distribution,
    answer: async ({ actor, services, params }) => verbs.showDistribution(services, await verbs.getDistribution(services.db, actor.workspaceId, params.id)),
  }),
  defineRoute({
    method: "PATCH", url: "/api/distributions/:id", summary: "Change a distribution", tag, access: write, params: one, body: contract.ChangedDistribution, reply: contract.Distribution,
    answer: async ({ actor, services, params, body }) => verbs.showDistribution(services, await verbs.changeDistribution(services, actor, params.id, body)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/distributions/:id", summary: "Delete a distribution that has not started", tag, access: write, params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => verbs.deleteDistribution(services, actor, params.id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/distributions/:id/copies", summary: "Copy a distribution, to ask again", tag, access: write, params: one, reply: contract.Distribution, status: 201,
    answer: async ({ actor, services, params }) => verbs.showDistribution(services, await verbs.copyDistribution(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/distributions/:id/start", summary: "Start asking, or go on after a pause", tag, access: write, params: one, reply: contract.Distribution,
    answer: async ({ actor, services, params }) => verbs.showDistribution(services, await verbs.startDistribution(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/distributions/:id/pause", summary: "Ask nobody until it goes on", tag, access: write, params: one, reply: contract.Distribution,
    answer: async ({ actor, services, params }) => verbs.showDistribution(services, await verbs.pauseDistribution(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/distributions/:id/stop", summary: "End it for good; links that are out still work", tag, access: write, params: one, reply: contract.Distribution,
    answer: async ({ actor, services, params }) => verbs.showDistribution(services, await verbs.stopDistribution(services, actor, params.id)),
  }),
  defineRoute({
    method: "GET", url: "/api/distributions/:id/preview", summary: "Who would be asked and who not, and what would be written", tag, access: write, params: one,
    query: z.object({ language: z.string().max(12).optional() }), reply: contract.DistributionPreview, limit: { perMinute: 60 },
    answer: ({ actor, services, params, query }) => previewDistribution(services, actor, params.id, query.language ?? null),
  }),
  defineRoute({
    method: "POST", url: "/api/distributions/:id/tests", summary: "Send it to one address to look at", tag, access: write, params: one, body: contract.TestSend, status: 202,
    reply: z.object({ address: z.string() }), limit: { perMinute: 20 },
    answer: async ({ actor, services, params, body }) => {
      await sendTest(services, actor, params.id, body);
      return { address: body.address };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/distributions/:id/invitations", summary: "People of a distribution and what became of each", tag, access: read, params: one,
    query: z.object({ ...pageQuery, state: contract.Invitation.shape.state.optional() }), reply: page(contract.Invitation),
    answer: async ({ actor, services, params, query }) => {
      await verbs.getDistribution(services.db, actor.workspaceId, params.id);
      const filter = { distributionId: params.id, state: query.state ?? null, before: readPosition(query.cursor), limit: query.limit + 1 };
      const rows = await listInvitations(services.db, actor.workspaceId, filter);
      const shown = rows.slice(0, query.limit);
      return { items: await verbs.showInvitations(services.db, actor.workspaceId, shown), nextCursor: cursorAfter(shown.at(-1), rows.length > query.limit) };
    },
  }),
];

export const mailAndTextRoutes = [
  defineRoute({
    method: "POST", url: "/api/mail/bounces", summary: "Take a mail that came back (RFC 3464), whole and as it came", tag, access: write, upload: true, reply: contract.BounceResult,
    answer: async ({ actor, services, request }) => takeBounce(services, actor, await readBytes(request.body)),
  }),
  defineRoute({
    method: "GET", url: "/api/text-gateway", summary: "How text messages are sent", tag, access: read, reply: TextGateway,
    answer: ({ actor, services }) => showGateway(services, actor.workspaceId),
  }),
  defineRoute({
    method: "PUT", url: "/api/text-gateway", summary: "Set how text messages are sent", tag, access: { ability: "text-gateway.write" }, body: NewTextGateway, reply: TextGateway,
    answer: ({ actor, services, body }) => saveGateway(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/texts", summary: "Text messages, newest first", tag, access: read, query: z.object(pageQuery), reply: page(SentText),
    answer: async ({ actor, services, query }) => {
      const rows = await listTexts(services.db, actor.workspaceId, { before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const items = shown.map(({ id, phone, body, state, error, createdAt, sentAt }) => ({
        id, phone, body, state, error, segments: lengthOfText(body).segments, createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null,
      }));
      return { items, nextCursor: cursorAfter(shown.at(-1), rows.length > query.limit) };
    },
  }),
];

const readBytes = async (body: unknown): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body instanceof Readable ? body : []) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    size += bytes.length;
    if (size > BOUNCE_BYTES_MAX) throw bounceErrors.refuse("message_too_large", "A returned mail is at most 10 MB. Send it without its attachments.");
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
};

const cursorAfter = (last: { createdAt: Date; id: string } | undefined, isMore: boolean): string | null =>
  isMore && last !== undefined ? nextCursor([last.createdAt.toISOString(), last.id]) : null;

const readPosition = (cursor: string | undefined): { createdAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { createdAt: position.data[0], id: position.data[1] };
};
