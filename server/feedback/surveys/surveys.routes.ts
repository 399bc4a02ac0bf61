import { defineAbilities } from "#platform/access";
import { AppError, FileReply, defineRoute, fileReply, page, pageQuery } from "#platform/http";
import { nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { z } from "zod";
import { checkDefinition } from "./definition.rules.ts";
import { createSingleUseLinks, createSurveyLink } from "./links.ts";
import {
  ChangeSurveyBody, CreateLinkBody, CreateSingleUseLinksBody, CreateSurveyBody, QrQuery, Survey, SurveyLink, SurveyListItem, SurveyStatus,
  SurveyTemplateItem, SurveyVersion,
} from "./surveys.contract.ts";
import { drawQrCode } from "./qr-code.ts";
import { listSurveyRows } from "./surveys.queries.ts";
import type { SurveyListRow, SurveyRow } from "./surveys.queries.ts";
import { changeSurvey, closeSurvey, copySurvey, createSurvey, deleteSurvey, getSurvey, hasUnpublishedChanges, listVersions, publishSurvey, reopenSurvey } from "./surveys.ts";
import { SURVEY_TEMPLATES } from "./templates.rules.ts";

export const surveysAbilities = defineAbilities("surveys", {
  "surveys.read": { meaning: "See surveys and their questions", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "surveys.write": { meaning: "Build, publish and close surveys", roles: ["owner", "admin", "manager"] },
});

const tag = "feedback";
const canRead = { ability: "surveys.read" };
const canWrite = { ability: "surveys.write" };
const one = z.object({ id: z.uuid() });

export const surveysRoutes = [
  defineRoute({
    method: "GET", url: "/api/surveys", summary: "Surveys, newest first", tag, access: canRead,
    query: z.object({ ...pageQuery, status: SurveyStatus.optional() }), reply: page(SurveyListItem),
    answer: async ({ actor, services, query }) => {
      const rows = await listSurveyRows(services.db, actor.workspaceId, { status: query.status ?? null, before: readPosition(query.cursor), limit: query.limit + 1 });
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      const isMore = rows.length > query.limit && last !== undefined;
      return { items: items.map((row) => listItem(services, row)), nextCursor: isMore ? nextCursor([last.createdAt.toISOString(), last.id]) : null };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/survey-templates", summary: "Surveys to start from", tag, access: canRead,
    reply: z.object({ items: z.array(SurveyTemplateItem) }),
    answer: async () => ({ items: [...SURVEY_TEMPLATES] }),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys", summary: "Create a survey", tag, access: canWrite, body: CreateSurveyBody, reply: Survey, status: 201,
    answer: async ({ actor, services, body }) => showSurvey(services, await createSurvey(services, actor, body)),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id", summary: "One survey with its draft", tag, access: canRead, params: one, reply: Survey,
    answer: async ({ actor, services, params }) => showSurvey(services, await getSurvey(services, actor, params.id)),
  }),
  defineRoute({
    method: "PATCH", url: "/api/surveys/:id", summary: "Save the draft or the name", tag, access: canWrite, params: one, body: ChangeSurveyBody, reply: Survey,
    answer: async ({ actor, services, params, body }) => showSurvey(services, await changeSurvey(services, actor, params.id, body)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/surveys/:id", summary: "Delete a survey nobody has answered", tag, access: canWrite, params: one, reply: z.undefined(), status: 204,
    answer: async ({ actor, services, params }) => deleteSurvey(services, actor, params.id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/copies", summary: "Copy a survey", tag, access: canWrite, params: one, reply: Survey, status: 201,
    answer: async ({ actor, services, params }) => showSurvey(services, await copySurvey(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/versions", summary: "Publish the draft as a new version", tag, access: canWrite, params: one, reply: Survey, status: 201,
    answer: async ({ actor, services, params }) => showSurvey(services, await publishSurvey(services, actor, params.id)),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/versions", summary: "Published versions with their questions, newest first", tag, access: canRead, params: one,
    query: z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(20).default(20) }), reply: page(SurveyVersion),
    answer: async ({ actor, services, params, query }) => {
      const rows = await listVersions(services, actor, params.id, { before: readNumber(query.cursor), limit: query.limit + 1 });
      const items = rows.slice(0, query.limit).map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
      const last = items.at(-1);
      return { items, nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([String(last.number)]) : null };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/qr.svg", summary: "The link as a code to scan", tag, access: canRead, params: one, query: QrQuery, reply: fileReply("image/svg+xml"),
    answer: async ({ actor, services, params, query }) => {
      const survey = await getSurvey(services, actor, params.id);
      return new FileReply({ contentType: "image/svg+xml", fileName: `${survey.name}.svg`, body: drawQrCode(surveyUrl(services, survey.slug), query) });
    },
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/closure", summary: "Close a survey: nobody can answer any more", tag, access: canWrite, params: one, reply: Survey,
    answer: async ({ actor, services, params }) => showSurvey(services, await closeSurvey(services, actor, params.id)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/surveys/:id/closure", summary: "Open a closed survey again", tag, access: canWrite, params: one, reply: Survey,
    answer: async ({ actor, services, params }) => showSurvey(services, await reopenSurvey(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/links", summary: "Make a signed link that knows the customer", tag, access: canWrite, params: one,
    body: CreateLinkBody, reply: SurveyLink, status: 201,
    answer: ({ actor, services, params, body }) => createSurveyLink(services, actor, params.id, body),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/single-use-links", summary: "Make links for people nobody knows, each good for one response", tag, access: canWrite,
    params: one, body: CreateSingleUseLinksBody, reply: z.object({ items: z.array(SurveyLink) }), status: 201,
    answer: ({ actor, services, params, body }) => createSingleUseLinks(services, actor, params.id, body),
  }),
];

const showSurvey = (services: Services, survey: SurveyRow): Survey => ({
  id: survey.id,
  name: survey.name,
  slug: survey.slug,
  url: surveyUrl(services, survey.slug),
  status: survey.status,
  draft: survey.draft,
  draftRevision: survey.draftRevision,
  publishedVersion: survey.publishedVersion,
  hasUnpublishedChanges: hasUnpublishedChanges(survey),
  problems: checkDefinition(survey.draft),
  createdAt: survey.createdAt.toISOString(),
  updatedAt: survey.updatedAt.toISOString(),
  publishedAt: survey.publishedAt?.toISOString() ?? null,
  closedAt: survey.closedAt?.toISOString() ?? null,
});

const listItem = (services: Services, row: SurveyListRow): SurveyListItem => ({
  ...row,
  url: surveyUrl(services, row.slug),
  lastResponseAt: row.lastResponseAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const surveyUrl = (services: Services, slug: string): string => `${services.baseUrl()}/s/${slug}`;

const readNumber = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.coerce.number().int().min(1).max(2_147_483_647)]).safeParse(readCursor(cursor, 1));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return position.data[0];
};

const readPosition = (cursor: string | undefined): { createdAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { createdAt: position.data[0], id: position.data[1] };
};
