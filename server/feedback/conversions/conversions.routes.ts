import { defineRoute } from "#platform/http";
import { z } from "zod";
import { getSurvey } from "../surveys/surveys.ts";
import { SurveyConversion } from "./conversions.contract.ts";
import { convertUpload } from "./conversions.ts";
import { ImportResponsesQuery, ResponseImport, ResponseImportResult } from "./response-imports.contract.ts";
import { listResponseImports } from "./response-imports.queries.ts";
import { importResponses, showResponseImport, undoResponseImport } from "./response-imports.ts";

const tag = "feedback";
const canWrite = { ability: "surveys.write" };

export const conversionsRoutes = [
  defineRoute({
    method: "POST", url: "/api/survey-conversions", summary: "Convert a survey file of another tool, without saving it", tag, access: canWrite,
    upload: true, reply: SurveyConversion,
    answer: ({ request }) => convertUpload(request.body),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/response-imports", summary: "Bring in responses given elsewhere, or preview a file of them", tag, access: canWrite,
    params: z.object({ id: z.uuid() }), query: ImportResponsesQuery, upload: true, reply: ResponseImportResult,
    answer: ({ actor, services, params, query, request }) =>
      importResponses(services, actor, { surveyId: params.id, name: query.name, isPreview: query.preview === "true", zone: query.zone, body: request.body }),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/response-imports", summary: "Files of responses brought into a survey, newest first", tag, access: { ability: "surveys.read" },
    params: z.object({ id: z.uuid() }), reply: z.object({ items: z.array(ResponseImport) }),
    answer: async ({ actor, services, params }) => {
      await getSurvey(services, actor, params.id);
      return { items: (await listResponseImports(services.db, actor.workspaceId, params.id)).map(showResponseImport) };
    },
  }),
  defineRoute({
    method: "DELETE", url: "/api/surveys/:id/response-imports/:importId", summary: "Take back every response an import added", tag, access: canWrite,
    params: z.object({ id: z.uuid(), importId: z.uuid() }), reply: ResponseImport,
    answer: async ({ actor, services, params }) => showResponseImport(await undoResponseImport(services, actor, { surveyId: params.id, id: params.importId })),
  }),
];
