import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
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
  subject: string | null;
  outcome: ResponseOutcome;
  flags: string[];
  endingId: string | null;
  calculations: Record<string, number | null> | null;
  startedAt: Date;
  savedAt: Date;
  completedAt: Date | null;
  recordedAt: Date | null;
};

const COLUMNS = `response.workspace_id as "workspaceId", response.id, response.survey_id as "surveyId", response.version, response.state, response.revision,
  response.language, response.channel, response.touchpoint, response.source, response.campaign, response.subject,
  response.outcome, response.flags, response.ending_id as "endingId", response.calculations,
  response.started_at as "startedAt", response.saved_at as "savedAt", response.completed_at as "completedAt", response.recorded_at as "recordedAt"`;

/** Writes a response that is not there yet.
 *  @returns false when it is there: then the caller locks it and decides */
export const insertResponse = async (tx: Queryable, row: ResponseRow): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.responses (
       workspace_id, id, survey_id, version, state, revision, language, channel, touchpoint, source, campaign, subject, started_at, saved_at, completed_at,
       recorded_at, outcome, flags, ending_id, calculations
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
     on conflict (workspace_id, id) do nothing`,
    [
      row.workspaceId, row.id, row.surveyId, row.version, row.state, row.revision, row.language, row.channel, row.touchpoint, row.source,
      row.campaign, row.subject, row.startedAt, row.savedAt, row.completedAt, row.recordedAt,
      row.outcome, row.flags, row.endingId, row.calculations,
    ],
  );
  return rowCount === 1;
};

export const lockResponse = async (tx: Queryable, workspaceId: string, id: string): Promise<ResponseRow | null> => {
  const { rows } = await tx.query<ResponseRow>(
    `select ${COLUMNS} from feedback.responses response where response.workspace_id = $1 and response.id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export const updateResponse = async (tx: Queryable, row: ResponseRow): Promise<void> => {
  await tx.query(
    `update feedback.responses
     set state = $3, revision = $4, language = $5, saved_at = $6, completed_at = $7, subject = coalesce(subject, $8), recorded_at = $9,
         outcome = $10, flags = $11, ending_id = $12, calculations = $13
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.state, row.revision, row.language, row.savedAt, row.completedAt, row.subject, row.recordedAt,
      row.outcome, row.flags, row.endingId, row.calculations,
    ],
  );
};

export type AnswerRow = StoredAnswer & { responseId: string; position: number; isRecorded: boolean };

/** Makes room for a newer save; recorded answers are final and stay. */
export const deleteUnrecordedAnswers = async (tx: Queryable, workspaceId: string, responseId: string): Promise<void> => {
  await tx.query("delete from feedback.answers where workspace_id = $1 and response_id = $2 and not is_recorded", [workspaceId, responseId]);
};

/** Writes the answers of one response; those that stand recorded already are left alone. */
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
    `select ${COLUMNS}, survey.name as "surveyName"
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

export type ListedResponseRow = ResponseRow & { surveyName: string; definition: SurveyDefinition };

export type ResponseFilter = {
  surveyId: string | null;
  state: ResponseState | null;
  channel: SurveyChannel | null;
  subject: string | null;
  from: string | null;
  to: string | null;
};

// Carried by responses_started_at_index, or by responses_survey_id_started_at_index when one survey is asked for.
export const listResponseRows = async (
  db: Queryable,
  workspaceId: string,
  filter: ResponseFilter,
  range: { before: { startedAt: string; id: string } | null; limit: number },
): Promise<ListedResponseRow[]> => {
  const { rows } = await db.query<ListedResponseRow>(
    `select ${COLUMNS}, survey.name as "surveyName", version.definition
     from feedback.responses response
     join feedback.surveys survey on survey.workspace_id = response.workspace_id and survey.id = response.survey_id
     join feedback.survey_versions version
       on version.workspace_id = response.workspace_id and version.survey_id = response.survey_id and version.number = response.version
     where response.workspace_id = $1
       and ($2::uuid is null or response.survey_id = $2)
       and ($3::text is null or response.state = $3)
       and ($4::text is null or response.channel = $4)
       and ($5::text is null or response.subject = $5)
       and ($6::timestamptz is null or response.started_at >= $6)
       and ($7::timestamptz is null or response.started_at < $7)
       and ($8::timestamptz is null or (response.started_at, response.id) < ($8, $9::uuid))
     order by response.started_at desc, response.id desc
     limit $10`,
    [
      workspaceId, filter.surveyId, filter.state, filter.channel, filter.subject, filter.from, filter.to,
      range.before?.startedAt ?? null, range.before?.id ?? null, range.limit,
    ],
  );
  return rows;
};

export const findListedResponse = async (db: Queryable, workspaceId: string, id: string): Promise<ListedResponseRow | null> => {
  const { rows } = await db.query<ListedResponseRow>(
    `select ${COLUMNS}, survey.name as "surveyName", version.definition
     from feedback.responses response
     join feedback.surveys survey on survey.workspace_id = response.workspace_id and survey.id = response.survey_id
     join feedback.survey_versions version
       on version.workspace_id = response.workspace_id and version.survey_id = response.survey_id and version.number = response.version
     where response.workspace_id = $1 and response.id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
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

/** Takes a place in each quota that has one left.
 *  @returns the quotas that were full, in which no place was taken; when there are any, the caller gives the other places back */
export const takePlaces = async (
  tx: Queryable,
  survey: { workspaceId: string; surveyId: string },
  quotas: readonly { id: string; limit: number }[],
): Promise<string[]> => {
  const full: string[] = [];
  // In the order of ids, so that two people who finish at once never wait for each other crosswise.
  for (const { id, limit } of [...quotas].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const { rowCount } = await tx.query(
      `insert into feedback.quota_counts as counted (workspace_id, survey_id, quota_id, let_in)
       values ($1, $2, $3, 1)
       on conflict (workspace_id, survey_id, quota_id) do update set let_in = counted.let_in + 1 where counted.let_in < $4`,
      [survey.workspaceId, survey.surveyId, id, limit],
    );
    if (rowCount === 0) full.push(id);
  }
  return full;
};

export const giveBackPlaces = async (tx: Queryable, survey: { workspaceId: string; surveyId: string }, quotaIds: readonly string[]): Promise<void> => {
  await tx.query("update feedback.quota_counts set let_in = let_in - 1 where workspace_id = $1 and survey_id = $2 and quota_id = any ($3) and let_in > 0", [
    survey.workspaceId, survey.surveyId, [...quotaIds],
  ]);
};

export const listQuotaCounts = async (db: Queryable, workspaceId: string, surveyId: string): Promise<{ quotaId: string; letIn: number }[]> => {
  const { rows } = await db.query<{ quotaId: string; letIn: number }>(
    `select quota_id as "quotaId", let_in as "letIn" from feedback.quota_counts where workspace_id = $1 and survey_id = $2 order by quota_id`,
    [workspaceId, surveyId],
  );
  return rows;
};
