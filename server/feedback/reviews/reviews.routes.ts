import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { AppError, defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import { z } from "zod";
import { CONNECTORS } from "./connectors.rules.ts";
import { takeUpload, takeWebhook } from "./feeding.ts";
import { saveDraft, sendReply } from "./replies.ts";
import { AssignCustomer, Review, ReviewDetail, WriteReply } from "./reviews.contract.ts";
import { listReviewRows } from "./reviews.queries.ts";
import { assignCustomer, showReviewDetail, showReviews } from "./reviews.ts";
import * as contract from "./sources.contract.ts";
import { listSources } from "./sources.queries.ts";
import { SOURCES_MAX, changeSource, createSource, getSource, pollNow, removeSource, renewWebhookSecret, showSource, testConnection } from "./sources.ts";

export const reviewsAbilities = defineAbilities("reviews", {
  "reviews.read": { meaning: "Read reviews, mentions and testimonials", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "reviews.answer": { meaning: "Answer reviews and say who wrote them", roles: ["owner", "admin", "manager", "agent"] },
  "reviews.change": { meaning: "Set up sources of reviews; ask for, approve and publish testimonials", roles: ["owner", "admin", "manager"] },
});

const tag = "feedback";
const read = { ability: "reviews.read" };
const write = { ability: "reviews.answer" };
const change = { ability: "reviews.change" };
const one = z.object({ id: z.uuid() });
const WEBHOOK_BYTES_MAX = 1_000_000;

export const reviewsRoutes = [
  defineRoute({
    method: "GET", url: "/api/reviews", summary: "Reviews and mentions, newest first", tag, access: read,
    query: z.object({
      ...pageQuery, sourceId: z.uuid().optional(), starsFrom: z.coerce.number().min(1).max(5).optional(), starsTo: z.coerce.number().min(1).max(5).optional(),
      isAnswered: z.enum(["true", "false"]).optional(), subject: z.string().max(300).optional(), search: z.string().trim().max(200).optional(),
    }),
    reply: page(Review),
    answer: async ({ actor, services, query }) => {
      const filter = {
        id: null, sourceId: query.sourceId ?? null, starsFrom: query.starsFrom ?? null, starsTo: query.starsTo ?? null,
        isAnswered: query.isAnswered === undefined ? null : query.isAnswered === "true", subject: query.subject ?? null, search: query.search === undefined || query.search === "" ? null : query.search,
      };
      const rows = await listReviewRows(services.db, actor.workspaceId, filter, { before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: await showReviews(services.db, actor.workspaceId, shown),
        nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.writtenAt.toISOString(), last.id]) : null,
      };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/reviews/:id", summary: "One review with what it said before", tag, access: read, params: one, reply: ReviewDetail,
    answer: ({ actor, services, params }) => showReviewDetail(services.db, actor.workspaceId, params.id),
  }),
  defineRoute({
    method: "PUT", url: "/api/reviews/:id/customer", summary: "Say who wrote a review", tag, access: write, params: one, body: AssignCustomer, reply: ReviewDetail,
    answer: async ({ actor, services, params, body }) => {
      await assignCustomer(services, actor, params.id, body.customerId);
      return showReviewDetail(services.db, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "PUT", url: "/api/reviews/:id/draft", summary: "Keep an answer for later", tag, access: write, params: one, body: WriteReply, reply: ReviewDetail,
    answer: async ({ actor, services, params, body }) => {
      await saveDraft(services, actor, params.id, body.text);
      return showReviewDetail(services.db, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "POST", url: "/api/reviews/:id/replies", summary: "Answer a review where it was written", tag, access: write, params: one, body: WriteReply, reply: ReviewDetail, status: 202,
    answer: async ({ actor, services, params, body }) => {
      await sendReply(services, actor, params.id, body.text);
      return showReviewDetail(services.db, actor.workspaceId, params.id);
    },
  }),
];

export const reviewSourcesRoutes = [
  defineRoute({
    method: "GET", url: "/api/review-sources", summary: "Where reviews come from, and how it goes", tag, access: read, reply: z.object({ items: z.array(contract.ReviewSource) }),
    answer: async ({ actor, services }) => ({ items: (await listSources(services.db, actor.workspaceId, SOURCES_MAX)).map((source) => showSource(services, source)) }),
  }),
  defineRoute({
    method: "POST", url: "/api/review-sources", summary: "Add a source of reviews", tag, access: change, body: contract.NewReviewSource, reply: contract.CreatedReviewSource, status: 201,
    answer: async ({ actor, services, body }) => {
      const { source, webhookSecret } = await createSource(services, actor, body);
      return { ...showSource(services, source), webhookSecret };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/review-source-tests", summary: "Try a source out before saving it", tag, access: change, limit: { perMinute: 30 },
    body: contract.ConnectionTest, reply: contract.ConnectionResult,
    answer: ({ actor, services, body }) => testConnection(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/review-sources/:id", summary: "One source of reviews", tag, access: read, params: one, reply: contract.ReviewSource,
    answer: async ({ actor, services, params }) => showSource(services, await getSource(services.db, actor.workspaceId, params.id)),
  }),
  defineRoute({
    method: "PATCH", url: "/api/review-sources/:id", summary: "Change, pause or resume a source", tag, access: change, params: one, body: contract.ReviewSourceChange, reply: contract.ReviewSource,
    answer: async ({ actor, services, params, body }) => showSource(services, await changeSource(services, actor, params.id, body)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/review-sources/:id", summary: "Remove a source with all its reviews", tag, access: change, params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeSource(services, actor, params.id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/review-sources/:id/polls", summary: "Ask a source now", tag, access: change, params: one, reply: contract.ReviewSource, limit: { perMinute: 30 },
    answer: async ({ actor, services, params }) => showSource(services, await pollNow(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/review-sources/:id/webhook-secrets", summary: "Make a new secret that signs what is sent", tag, access: change, params: one, reply: contract.CreatedReviewSource, status: 201,
    answer: async ({ actor, services, params }) => {
      const { source, webhookSecret } = await renewWebhookSecret(services, actor, params.id);
      return { ...showSource(services, source), webhookSecret };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/review-sources/:id/uploads", summary: "Upload a CSV export or a mail (.eml)", tag, access: change, params: one, upload: true, reply: contract.FedReviews,
    answer: ({ actor, services, params, request }) => takeUpload(services, actor, params.id, request.body),
  }),
  defineRoute({
    method: "GET", url: "/api/review-source-kinds", summary: "Kinds of sources and the fields of their forms", tag, access: read,
    reply: z.object({ items: z.array(z.object({
      kind: contract.SourceKind, way: contract.ReviewSource.shape.way, canReply: z.boolean(),
      fields: z.array(z.object({ name: z.string(), isRequired: z.boolean(), isSecret: z.boolean(), kind: z.enum(["text", "url", "choice"]), choices: z.array(z.string()) })),
    })) }),
    answer: async () => ({
      items: Object.values(CONNECTORS).map(({ kind, poll, readMessage, reply, fields }) => ({
        kind, way: poll !== undefined ? "polled" as const : readMessage !== undefined ? "sent" as const : "uploaded" as const, canReply: reply !== undefined,
        fields: fields.map((field) => ({ name: field.name, isRequired: field.isRequired, isSecret: field.isSecret, kind: field.kind, choices: [...(field.choices ?? [])] })),
      })),
    }),
  }),
];

/** Where other systems send reviews: the signature is over the bytes, so the body is read as it came. */
export const reviewWebhookRoutes: RawRoutes = (app, services) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string", bodyLimit: WEBHOOK_BYTES_MAX }, (_request, body, done) => done(null, body));
  app.post<{ Params: { sourceId: string } }>("/api/public/review-webhooks/:sourceId", async (request, reply) => {
    const sourceId = z.uuid().safeParse(request.params.sourceId);
    if (!sourceId.success) throw httpErrors.refuse("not_found", "Nothing takes reviews at this address.");
    const signature = request.headers["x-firsthand-signature"];
    const saved = await takeWebhook(services, { sourceId: sourceId.data, body: String(request.body ?? ""), signature: Array.isArray(signature) ? signature[0] : signature });
    return reply.header("cache-control", "no-store").send(saved);
  });
};

const readPosition = (cursor: string | undefined): { writtenAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { writtenAt: position.data[0], id: position.data[1] };
};
