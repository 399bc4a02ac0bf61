import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { AppError, defineRoute, page, pageQuery } from "#platform/http";
import { z } from "zod";
import { ResponseState, SaveResponseBody, SavedResponse, SurveyChannel, SurveyResponse } from "./responses.contract.ts";
import { findListedResponse, listResponseRows } from "./responses.queries.ts";
import { saveResponse } from "./responses.ts";
import { showResponses } from "./shown-responses.ts";

export const responsesAbilities = defineAbilities("responses", {
  "responses.read": { meaning: "Read what customers answered", roles: ["owner", "admin", "manager", "agent", "viewer"] },
});

const tag = "feedback";
const canRead = { ability: "responses.read" };

export const responsesRoutes = [
  defineRoute({
    method: "POST", url: "/api/public/responses", summary: "Save what a person has answered so far", tag,
    access: { public: "Customers answer surveys without an account." }, limit: { perMinute: 240 },
    body: SaveResponseBody, reply: SavedResponse,
    answer: ({ services, body }) => saveResponse(services, body),
  }),
  defineRoute({
    method: "GET", url: "/api/responses", summary: "Responses, newest first", tag, access: canRead,
    query: z.object({
      ...pageQuery, surveyId: z.uuid().optional(), state: ResponseState.optional(), channel: SurveyChannel.optional(), subject: z.string().max(300).optional(),
      from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional(),
    }),
    reply: page(SurveyResponse),
    answer: async ({ actor, services, query }) => {
      const filter = {
        surveyId: query.surveyId ?? null, state: query.state ?? null, channel: query.channel ?? null, subject: query.subject ?? null,
        from: query.from ?? null, to: query.to ?? null,
      };
      const rows = await listResponseRows(services.db, actor.workspaceId, filter, { before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: await showResponses(services.db, actor.workspaceId, shown),
        nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.startedAt.toISOString(), last.id]) : null,
      };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/responses/:id", summary: "One response", tag, access: canRead, params: z.object({ id: z.uuid() }), reply: SurveyResponse,
    answer: async ({ actor, services, params }) => {
      const row = await findListedResponse(services.db, actor.workspaceId, params.id);
      const [shown] = row === null ? [] : await showResponses(services.db, actor.workspaceId, [row]);
      if (shown === undefined) throw new AppError("not_found", 404, `There is no response ${params.id} here.`);
      return shown;
    },
  }),
];

const readPosition = (cursor: string | undefined): { startedAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { startedAt: position.data[0], id: position.data[1] };
};
