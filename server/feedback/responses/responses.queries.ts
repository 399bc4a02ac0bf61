import type { Queryable } from "#platform/db";
import type { ResponseOutcome, ResponseState, SurveyChannel } from "./responses.contract.ts";
import type { StoredAnswer } from "./stored-answers.rules.ts";

export type ResponseRow = {
  workspaceId: string;
  id: string;
  surveyId: string;
  version: number;
  state: ResponseState;
  revision: number;
  language: string;
  channel: SurveyChannel;
  touchpoint: string | null;
  source: string | null;
  campaign: string | null;
  servedBy: string | null;
  product: string | null;
  subject: string | null;
  outcome: ResponseOutcome;
  flags: string[];
  endingId: string | null;
  calculations: Record<string, number | null> | null;
  startedAt: Date;
  savedAt: Date;
  completedAt: Date | null;
  recordedAt: Date | null;
  /** What was written and the words of what was chosen; null when there is nothing to search in. */
  words: string | null;
  score: number | null;
  hasComment: boolean;
  restated: number;
  anonymisedAt: Date | null;
  /** Quotas it took a place in; null when it does not count, when its survey has no quotas, and for responses written before places were kept. */
  places: string[] | null;
};

export const RESPONSE_COLUMNS = `response.workspace_id as "workspaceId", response.id, response.survey_id as "surveyId", response.version, response.state, response.revision,
  response.language, response.channel, response.touchpoint, response.source, response.campaign, response.served_by as "servedBy", response.product, response.subject,
  response.outcome, response.flags, response.ending_id as "endingId", response.calculations,
  response.started_at as "startedAt", response.saved_at as "savedAt", response.completed_at as "completedAt", response.recorded_at as "recordedAt",
  response.words, response.score, response.has_comment as "hasComment", response.restated, response.anonymised_at as "anonymisedAt", response.places`;

/** Writes responses of one workspace that are not there yet, in one statement.
 *  @returns ids of those that were new: others are there already, and the caller locks and decides */
export const insertResponses = async (tx: Queryable, workspaceId: string, rows: readonly ResponseRow[]): Promise<Set<string>> => {
  const { rows: inserted } = await tx.query<{ id: string }>(
    `insert into feedback.responses (
       workspace_id, id, survey_id, version, state, revision, language, channel, touchpoint, source, campaign, served_by, product, subject, started_at, saved_at, completed_at,
       recorded_at, outcome, flags, ending_id, calculations, words, score, has_comment, places
     )
     select $1, id, "surveyId", version, state, revision, language, channel, touchpoint, source, campaign, "servedBy", product, subject, "startedAt", "savedAt", "completedAt",
            "recordedAt", outcome, flags, "endingId", calculations, words, score, "hasComment", places
     from jsonb_to_recordset($2) as given (
       id uuid, "surveyId" uuid, version integer, state text, revision integer, language text, channel text, touchpoint text, source text, campaign text, "servedBy" text, product text,
       subject text, "startedAt" timestamptz, "savedAt" timestamptz, "completedAt" timestamptz, "recordedAt" timestamptz, outcome text, flags text[],
       "endingId" text, calculations jsonb, words text, score double precision, "hasComment" boolean, places text[]
     )
     order by id
     on conflict (workspace_id, id) do nothing
     returning id`,
    [workspaceId, JSON.stringify(rows)],
  );
  return new Set(inserted.map((row) => row.id));
};

export const lockResponse = async (tx: Queryable, workspaceId: string, id: string): Promise<ResponseRow | null> => {
  const { rows } = await tx.query<ResponseRow>(
    `select ${RESPONSE_COLUMNS} from feedback.responses response where response.workspace_id = $1 and response.id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export const updateResponse = async (tx: Queryable, row: ResponseRow): Promise<void> => {
  await tx.query(
    `update feedback.responses
     set state = $3, revision = $4, language = $5, saved_at = $6, completed_at = $7, subject = coalesce(subject, $8), recorded_at = $9,
         outcome = $10, flags = $11, ending_id = $12, calculations = $13, words = $14, score = $15, has_comment = $16, places = $17
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.state, row.revision, row.language, row.savedAt, row.completedAt, row.subject, row.recordedAt,
      row.outcome, row.flags, row.endingId, row.calculations, row.words, row.score, row.hasComment, row.places,
    ],
  );
};

export type AnswerRow = StoredAnswer & { responseId: string; position: number; isRecorded: boolean };

/** Makes room for a newer save; recorded answers are final and stay. */
export const deleteUnrecordedAnswers = async (tx: Queryable, workspaceId: string, responseId: string): Promise<void> => {
  await tx.query("delete from feedback.answers where workspace_id = $1 and response_id = $2 and not is_recorded", [workspaceId, responseId]);
};

/** Writes answers of one workspace; those that stand recorded already are left alone. */
export const insertAnswers = async (tx: Queryable, workspaceId: string, rows: readonly AnswerRow[]): Promise<void> => {
  if (rows.length === 0) return;
  // Rows of JSON: an array column of arrays cannot be passed through unnest.
  await tx.query(
    `insert into feedback.answers (workspace_id, response_id, question_id, question_type, position, number, choices, text, details, is_shown, is_recorded)
     select $1, given."responseId", given."questionId", given."questionType", given.position, given.number, given.choices, given.text, given.details, given."isShown", given."isRecorded"
     from jsonb_to_recordset($2) as given (
       "responseId" uuid, "questionId" text, "questionType" text, position integer, number double precision, choices text[], text text, details jsonb,
       "isShown" boolean, "isRecorded" boolean
     )
     on conflict (workspace_id, response_id, question_id) do nothing`,
    [workspaceId, JSON.stringify(rows)],
  );
};

export const listAnswers = async (db: Queryable, workspaceId: string, responseIds: readonly string[]): Promise<AnswerRow[]> => {
  const { rows } = await db.query<AnswerRow>(
    `select answer.response_id as "responseId", answer.question_id as "questionId", answer.question_type as "questionType", answer.position,
            answer.number, answer.choices, answer.text, answer.details, answer.is_shown as "isShown", answer.is_recorded as "isRecorded"
     from feedback.answers answer
     where answer.workspace_id = $1 and answer.response_id = any ($2)
     order by answer.response_id, answer.position`,
    [workspaceId, [...responseIds]],
  );
  return rows;
};

/** Notes that the answers given so far stand as perceptions and are final. */
export const markRecorded = async (tx: Queryable, response: { workspaceId: string; id: string; at: Date }): Promise<void> => {
  await tx.query("update feedback.responses set recorded_at = $3 where workspace_id = $1 and id = $2", [response.workspaceId, response.id, response.at]);
  await tx.query("update feedback.answers set is_recorded = true where workspace_id = $1 and response_id = $2 and is_shown and not is_recorded", [
    response.workspaceId, response.id,
  ]);
};

/** Responses left without a save since `before` whose answers are not recorded yet, locked; those another worker holds are skipped. */
export const lockQuietResponses = async (tx: Queryable, before: Date, limit: number): Promise<(ResponseRow & { surveyName: string })[]> => {
  const { rows } = await tx.query<ResponseRow & { surveyName: string }>(
    `select ${RESPONSE_COLUMNS}, survey.name as "surveyName"
     from feedback.responses response
     join feedback.surveys survey on survey.workspace_id = response.workspace_id and survey.id = response.survey_id
     where response.recorded_at is null and response.saved_at < $1
     order by response.saved_at, response.id
     limit $2
     for update of response skip locked`,
    [before, limit],
  );
  return rows;
};

/** Takes away what people began to answer until a time, recorded or not. They are known by hashes only (`hashOfSubject` of customers),
 *  so every named response of the workspace is hashed: it happens once for an erased person, in a job. */
export const deleteResponsesOf = async (tx: Queryable, workspaceId: string, people: { subjectHashes: readonly string[]; until: Date }): Promise<void> => {
  if (people.subjectHashes.length === 0) return;
  await tx.query(
    `delete from feedback.responses
     where workspace_id = $1 and subject is not null and started_at <= $3
       and encode(sha256(convert_to(concat($1::uuid, E'\\n', subject), 'UTF8')), 'hex') = any ($2::text[])`,
    [workspaceId, [...people.subjectHashes], people.until],
  );
};

/** Takes responses away with their answers. */
export const deleteResponses = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.responses where workspace_id = $1 and id = any ($2::uuid[])", [workspaceId, [...ids]]);
};

/** How surveys stand now, for saves that remember them. */
export const listStandings = async (db: Queryable, surveyIds: readonly string[]): Promise<{ id: string; name: string; status: string; settings: unknown; publishedVersion: number | null }[]> => {
  const { rows } = await db.query<{ id: string; name: string; status: string; settings: unknown; publishedVersion: number | null }>(
    `select id, name, status, settings, published_version as "publishedVersion"
     from feedback.surveys
     where id = any ($1::uuid[])`,
    [[...surveyIds]],
  );
  return rows;
};
