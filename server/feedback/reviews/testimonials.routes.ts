import { nextCursor, readCursor } from "#platform/db";
import { AppError, defineRoute, page, pageQuery } from "#platform/http";
import { z } from "zod";
import * as contract from "./testimonials.contract.ts";
import { listTestimonials, listWidgets } from "./testimonials.queries.ts";
import { askCustomer, makeFromReview, moderateTestimonial, removeTestimonial, showTestimonial, showTestimonials } from "./testimonials.ts";
import { WIDGETS_MAX, changeWidget, createWidget, removeWidget, showWidget } from "./widgets.ts";

const tag = "feedback";
const read = { ability: "reviews.read" };
const change = { ability: "reviews.change" };
const one = z.object({ id: z.uuid() });

export const testimonialsRoutes = [
  defineRoute({
    method: "GET", url: "/api/testimonials", summary: "Testimonials, newest first", tag, access: read,
    query: z.object({ ...pageQuery, state: contract.TestimonialState.optional() }), reply: page(contract.Testimonial),
    answer: async ({ actor, services, query }) => {
      const rows = await listTestimonials(services.db, actor.workspaceId, { id: null, state: query.state ?? null }, { before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: await showTestimonials(services.db, actor.workspaceId, shown),
        nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.createdAt.toISOString(), last.id]) : null,
      };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/testimonial-requests", summary: "Ask a customer by mail for a testimonial or a review", tag, access: change, body: contract.AskForTestimonial, reply: contract.Testimonial, status: 201,
    answer: async ({ actor, services, body }) => showTestimonial(services.db, actor.workspaceId, await askCustomer(services, actor, body)),
  }),
  defineRoute({
    method: "POST", url: "/api/testimonials", summary: "Take a public review as a testimonial", tag, access: change, body: z.object({ reviewId: z.uuid() }), reply: contract.Testimonial, status: 201,
    answer: async ({ actor, services, body }) => showTestimonial(services.db, actor.workspaceId, await makeFromReview(services, actor, body.reviewId)),
  }),
  defineRoute({
    method: "GET", url: "/api/testimonials/:id", summary: "One testimonial", tag, access: read, params: one, reply: contract.Testimonial,
    answer: ({ actor, services, params }) => showTestimonial(services.db, actor.workspaceId, params.id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/testimonials/:id", summary: "Approve or reject a testimonial, or choose the sentences shown", tag, access: change,
    params: one, body: contract.ModerateTestimonial, reply: contract.Testimonial,
    answer: async ({ actor, services, params, body }) => {
      await moderateTestimonial(services, actor, params.id, body);
      return showTestimonial(services.db, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "DELETE", url: "/api/testimonials/:id", summary: "Remove a testimonial", tag, access: change, params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeTestimonial(services, actor, params.id).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/review-widgets", summary: "Displays of approved words", tag, access: read, reply: z.object({ items: z.array(contract.ReviewWidget) }),
    answer: async ({ actor, services }) => ({ items: (await listWidgets(services.db, actor.workspaceId, WIDGETS_MAX)).map((row) => showWidget(services, row)) }),
  }),
  defineRoute({
    method: "POST", url: "/api/review-widgets", summary: "Make a display of approved words", tag, access: change, body: contract.NewReviewWidget, reply: contract.ReviewWidget, status: 201,
    answer: async ({ actor, services, body }) => showWidget(services, await createWidget(services, actor, body)),
  }),
  defineRoute({
    method: "PATCH", url: "/api/review-widgets/:id", summary: "Change a display, or take it off the net", tag, access: change, params: one, body: contract.ReviewWidgetChange, reply: contract.ReviewWidget,
    answer: async ({ actor, services, params, body }) => showWidget(services, await changeWidget(services, actor, params.id, body)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/review-widgets/:id", summary: "Remove a display", tag, access: change, params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeWidget(services, actor, params.id).then(() => undefined),
  }),
];

const readPosition = (cursor: string | undefined): { createdAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { createdAt: position.data[0], id: position.data[1] };
};
