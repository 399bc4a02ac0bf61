import { defineAbilities } from "#platform/access";
import { AppError, defineRoute } from "#platform/http";
import { z } from "zod";
import { listResponses } from "./response-list.ts";
import { findListedResponse } from "./response-list.queries.ts";
import { ResponsePage, ResponseQuery } from "./response-list.contract.ts";
import { SaveResponseBody, SavedResponse, SurveyResponse } from "./responses.contract.ts";
import { saveResponse } from "./responses.ts";
import { showResponses } from "./shown-responses.ts";

export const responsesAbilities = defineAbilities("responses", {
  "responses.read": { meaning: "Read what customers answered", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "responses.work": { meaning: "Tag responses, write notes beside them, and flag those that no customer gave", roles: ["owner", "admin", "manager", "agent"] },
  "responses.correct": { meaning: "Correct answers, with the old ones kept in the history", roles: ["owner", "admin", "manager"] },
  "responses.delete": { meaning: "Delete responses for good, by hand or by a rule of retention", roles: ["owner", "admin"] },
});

const tag = "feedback";
const canRead = { ability: "responses.read" };

export const responsesRoutes = [
  defineRoute({
    method: "POST", url: "/api/public/responses", summary: "Save what a person has answered so far", tag,
    access: { public: "Customers answer surveys without an account." }, limit: { perMinute: 240 },
    body: SaveResponseBody, reply: SavedResponse,
    answer: ({ services, body, request }) => saveResponse(services, body, { address: request.ip }),
  }),
  defineRoute({
    method: "GET", url: "/api/responses", summary: "Responses, newest first", tag, access: canRead,
    query: ResponseQuery, reply: ResponsePage,
    answer: ({ actor, services, query }) => listResponses(services, actor, query),
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
