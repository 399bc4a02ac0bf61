// The list of responses and one of them, with survey and version.
import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { ANSWERED_AT, conditionsOf } from "./response-filter.queries.ts";
import type { ResponseFilter } from "./response-filter.queries.ts";
import { RESPONSE_COLUMNS } from "./responses.queries.ts";
import type { ResponseRow } from "./responses.queries.ts";

export type ListedResponseRow = ResponseRow & { surveyName: string; answeredAt: Date; definition: SurveyDefinition; tags: string[]; notes: number; corrections: number };

const JOINED = `join feedback.surveys survey on survey.workspace_id = response.workspace_id and survey.id = response.survey_id
     join feedback.survey_versions version
       on version.workspace_id = response.workspace_id and version.survey_id = response.survey_id and version.number = response.version`;
const LISTED = `${RESPONSE_COLUMNS}, ${ANSWERED_AT} as "answeredAt", survey.name as "surveyName", version.definition, response.tags,
       (select count(*) from feedback.response_notes note where note.workspace_id = response.workspace_id and note.response_id = response.id) as notes,
       (select count(*) from feedback.response_history change where change.workspace_id = response.workspace_id and change.response_id = response.id
          and change.kind = 'answer_corrected') as corrections`;

// A page of a common word is found among the newest; reading all that have it and sorting them took two seconds at a million responses.
const NEWEST = 5_000;

/** Responses that fit, newest first. Carried by responses_answered_at_index or responses_survey_id_answered_at_index, by responses_search_index and
 *  responses_words_index for a rare word, by responses_tags_index for a tag, by responses_uncounted_index for what does not count. */
export const listResponseRows = async (
  db: Queryable,
  workspaceId: string,
  filter: ResponseFilter,
  range: { before: { answeredAt: string; id: string } | null; limit: number },
): Promise<ListedResponseRow[]> => {
  if (filter.search === null) return listRows(db, workspaceId, filter, { ...range, source: "feedback.responses" });
  const newest = await listRows(db, workspaceId, filter, { ...range, source: "newest" });
  return newest.length === range.limit ? newest : listRows(db, workspaceId, filter, { ...range, source: "feedback.responses" });
};

const listRows = async (
  db: Queryable,
  workspaceId: string,
  filter: ResponseFilter,
  range: { before: { answeredAt: string; id: string } | null; limit: number; source: "feedback.responses" | "newest" },
): Promise<ListedResponseRow[]> => {
  const values: unknown[] = [];
  const text = conditionsOf(workspaceId, filter, (value) => `$${values.push(value)}`);
  const after = range.before === null ? "" : `and (${ANSWERED_AT}, response.id) < ($${values.push(range.before.answeredAt)}::timestamptz, $${values.push(range.before.id)}::uuid)`;
  const ofSurvey = filter.surveyId === null || range.source !== "newest" ? "" : `and response.survey_id = $${values.push(filter.surveyId)}`;
  const newest = `with newest as materialized (
       select response.* from feedback.responses response
       where response.workspace_id = $1 ${ofSurvey} ${after}
       order by ${ANSWERED_AT} desc, response.id desc
       limit ${NEWEST}
     )`;
  const { rows } = await db.query<ListedResponseRow>(
    `${range.source === "newest" ? newest : ""}
     select ${LISTED}
     from ${range.source} response
     ${JOINED}
     where ${text}
       ${after}
     order by ${ANSWERED_AT} desc, response.id desc
     limit $${values.push(range.limit)}`,
    values,
  );
  return rows;
};

/** Surveys of which so few responses fit that they could be traced to people: fewer than the survey's anonymity threshold. At most a threshold of
 *  responses is read for each. */
export const listSurveysTooFewOf = async (db: Queryable, workspaceId: string, filter: ResponseFilter): Promise<string[]> => {
  const values: unknown[] = [];
  const text = conditionsOf(workspaceId, filter, (value) => `$${values.push(value)}`);
  const { rows } = await db.query<{ id: string }>(
    `select survey.id
     from (
       select id, (settings ->> 'anonymityThreshold')::int as threshold from feedback.surveys where workspace_id = $1 and (settings ->> 'anonymityThreshold')::int > 1
     ) survey
     cross join lateral (
       select count(*) as count
       from (select from feedback.responses response where ${text} and response.survey_id = survey.id limit survey.threshold) fitting
     ) counted
     where counted.count between 1 and survey.threshold - 1
     order by survey.id`,
    values,
  );
  return rows.map(({ id }) => id);
};

export const findListedResponse = async (db: Queryable, workspaceId: string, id: string): Promise<ListedResponseRow | null> => {
  const { rows } = await db.query<ListedResponseRow>(`select ${LISTED} from feedback.responses response ${JOINED} where response.workspace_id = $1 and response.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Of these responses those that are still there, in no order. */
export const listResponsesByIds = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<ListedResponseRow[]> => {
  const { rows } = await db.query<ListedResponseRow>(`select ${LISTED} from feedback.responses response ${JOINED} where response.workspace_id = $1 and response.id = any ($2::uuid[])`, [workspaceId, [...ids]]);
  return rows;
};

/** Tags that responses bear, the most frequent first. */
export const listTags = async (db: Queryable, workspaceId: string, limit: number): Promise<{ tag: string; count: number }[]> => {
  const { rows } = await db.query<{ tag: string; count: number }>(
    `select tag, count(*) as count
     from feedback.responses response
     cross join unnest(response.tags) tag
     where response.workspace_id = $1 and response.tags <> '{}'
     group by tag
     order by count desc, tag
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};
