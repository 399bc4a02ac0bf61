// What reports read of the record itself: the words of surveys, comments, and the targets of weighting.
import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { ANSWERED_AT } from "../responses/response-filter.queries.ts";
import type { WeightingBody } from "./reports.contract.ts";

const VERSIONS_MAX = 50;

/** Published versions of a survey, newest first; its draft when there is none. */
export const listDefinitions = async (db: Queryable, workspaceId: string, surveyId: string): Promise<SurveyDefinition[]> => {
  const { rows } = await db.query<{ definition: SurveyDefinition }>(
    `select version.definition
     from feedback.survey_versions version
     where version.workspace_id = $1 and version.survey_id = $2
     order by version.number desc
     limit $3`,
    [workspaceId, surveyId, VERSIONS_MAX],
  );
  return rows.map((row) => row.definition);
};

export type WeightingRow = { targets: WeightingBody["targets"]; trimLow: number; trimHigh: number };

export const findWeighting = async (db: Queryable, workspaceId: string, surveyId: string): Promise<WeightingRow | null> => {
  const { rows } = await db.query<WeightingRow>(
    `select targets, trim_low as "trimLow", trim_high as "trimHigh" from feedback.weightings where workspace_id = $1 and survey_id = $2`,
    [workspaceId, surveyId],
  );
  return rows[0] ?? null;
};

export const saveWeighting = async (tx: Queryable, row: WeightingRow & { workspaceId: string; surveyId: string; memberId: string | null; at: Date }): Promise<void> => {
  await tx.query(
    `insert into feedback.weightings (workspace_id, survey_id, targets, trim_low, trim_high, updated_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, survey_id) do update
       set targets = excluded.targets, trim_low = excluded.trim_low, trim_high = excluded.trim_high, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [row.workspaceId, row.surveyId, JSON.stringify(row.targets), row.trimLow, row.trimHigh, row.memberId, row.at],
  );
};

export const deleteWeighting = async (tx: Queryable, workspaceId: string, surveyId: string): Promise<void> => {
  await tx.query("delete from feedback.weightings where workspace_id = $1 and survey_id = $2", [workspaceId, surveyId]);
};

export type CommentRow = { responseId: string; at: Date; text: string; channel: string; language: string };

/** Of local days, half open, as responses are dated in reports. */
type CommentDays = { from: string | null; to: string | null; timeZone: string };
type AskedComments = { workspaceId: string; surveyId: string; question: string; search: string | null; days: CommentDays; before: { at: string; id: string } | null; limit: number };

/** What people wrote at one question, newest first; only in responses that count. responses_survey_id_answered_at_index carries it. */
export const listCommentRows = async (db: Queryable, asked: AskedComments): Promise<CommentRow[]> => {
  const { rows } = await db.query<CommentRow>(
    `select response.id as "responseId", ${ANSWERED_AT} as at, answer.text, response.channel, response.language
     from feedback.responses response
     join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.question_id = $3
     where response.workspace_id = $1 and response.survey_id = $2 and response.recorded_at is not null and response.outcome = 'counted'
       and answer.is_shown and trim(answer.text) <> ''
       and ($4::text is null or answer.text ilike '%' || $4 || '%')
       and ($5::timestamptz is null or (${ANSWERED_AT}, response.id) < ($5, $6::uuid))
       and ($8::date is null or (${ANSWERED_AT} at time zone $10)::date >= $8)
       and ($9::date is null or (${ANSWERED_AT} at time zone $10)::date < $9)
     order by ${ANSWERED_AT} desc, response.id desc
     limit $7`,
    [
      asked.workspaceId, asked.surveyId, asked.question, asked.search, asked.before?.at ?? null, asked.before?.id ?? null, asked.limit,
      asked.days.from, asked.days.to, asked.days.timeZone,
    ],
  );
  return rows;
};
