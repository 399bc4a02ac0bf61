import { nextCursor, readCursor } from "#platform/db";
import { AppError, defineRoute, page } from "#platform/http";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import { showGroups, showJoinedMetric, showWaves } from "./compared-scores.ts";
import { showCrosstab } from "./crosstabs.ts";
import { deleteWeighting, findWeighting, listCommentRows } from "./report-record.queries.ts";
import { readAsked } from "./report-selection.ts";
import {
  CommentsQuery, Crosstab, CrosstabQuery, Groups, GroupsQuery, JoinedMetric, JoinedQuery, Report, ReportComment, ReportQuery, Waves, WavesQuery, Weighting, WeightingBody,
} from "./reports.contract.ts";
import { showReport } from "./reports.ts";
import { changeWeighting, showWeighting } from "./weightings.ts";

const tag = "feedback";
const canRead = { ability: "responses.read" };
const canWrite = { ability: "surveys.write" };
const one = z.object({ id: z.uuid() });

export const reportsRoutes = [
  defineRoute({
    method: "GET", url: "/api/surveys/:id/report", summary: "Every question of a survey in numbers, with its rates and where people left", tag, access: canRead, params: one,
    query: ReportQuery, reply: Report,
    answer: ({ actor, services, params, query }) => showReport(services, actor.workspaceId, params.id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/report/groups", summary: "One score by channel, language, version, trait or time", tag, access: canRead, params: one,
    query: GroupsQuery, reply: Groups,
    answer: ({ actor, services, params, query }) => showGroups(services, actor.workspaceId, params.id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/report/waves", summary: "One score wave by wave, each tested against the one before", tag, access: canRead, params: one,
    query: WavesQuery, reply: Waves,
    answer: ({ actor, services, params, query }) => showWaves(services, actor.workspaceId, params.id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/report/crosstab", summary: "One question across another, with tests of the columns", tag, access: canRead, params: one,
    query: CrosstabQuery, reply: Crosstab,
    answer: ({ actor, services, params, query }) => showCrosstab(services, actor.workspaceId, params.id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/report/comments", summary: "What people wrote at one question, newest first", tag, access: canRead, params: one,
    query: CommentsQuery, reply: page(ReportComment),
    answer: async ({ actor, services, params, query }) => {
      const { from, to } = query;
      await readAsked(services, actor.workspaceId, params.id, { from, to });
      const { timeZone } = (await findWorkspace(services.db, actor.workspaceId)) ?? { timeZone: "UTC" };
      const rows = await listCommentRows(services.db, {
        workspaceId: actor.workspaceId, surveyId: params.id, question: query.question, search: searched(query.search), days: { from: from ?? null, to: to ?? null, timeZone },
        before: readPosition(query.cursor), limit: query.limit + 1,
      });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => ({ ...row, at: row.at.toISOString() })),
        nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.at.toISOString(), last.responseId]) : null,
      };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/survey-metrics", summary: "The same score of several surveys as one number", tag, access: canRead, query: JoinedQuery, reply: JoinedMetric,
    answer: ({ actor, services, query }) => showJoinedMetric(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/weighting", summary: "What answers are weighted to, and what that does", tag, access: canRead, params: one, reply: Weighting,
    answer: async ({ actor, services, params }) => showWeighting(services, actor.workspaceId, params.id, await findWeighting(services.db, actor.workspaceId, params.id)),
  }),
  defineRoute({
    method: "PUT", url: "/api/surveys/:id/weighting", summary: "Set the true shares answers are weighted to", tag, access: canWrite, params: one, body: WeightingBody, reply: Weighting,
    answer: ({ actor, services, params, body }) => changeWeighting(services, actor, params.id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/surveys/:id/weighting", summary: "Weight no more", tag, access: canWrite, params: one, reply: z.undefined(), status: 204,
    answer: async ({ actor, services, params }) => {
      await readAsked(services, actor.workspaceId, params.id, {});
      return deleteWeighting(services.db, actor.workspaceId, params.id).then(() => undefined);
    },
  }),
];

// In a pattern of like these three have a meaning of their own.
const searched = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text.replace(/[\\%_]/g, "\\$&"));

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined || cursor === "") return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { at: position.data[0], id: position.data[1] };
};
