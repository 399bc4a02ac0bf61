import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "./definition.contract.ts";
import type { SurveyStatus } from "./surveys.contract.ts";

export type SurveyRow = {
  workspaceId: string;
  id: string;
  slug: string;
  name: string;
  status: SurveyStatus;
  draft: SurveyDefinition;
  draftRevision: number;
  publishedVersion: number | null;
  published: SurveyDefinition | null;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
  closedAt: Date | null;
  /** As stored; `readSettings` gives what is missing its usual value. */
  settings: unknown;
};

const SURVEY_COLUMNS = `survey.workspace_id as "workspaceId", survey.id, survey.slug, survey.name, survey.status, survey.draft,
  survey.draft_revision as "draftRevision", survey.published_version as "publishedVersion", version.definition as published,
  survey.created_at as "createdAt", survey.updated_at as "updatedAt", survey.published_at as "publishedAt", survey.closed_at as "closedAt", survey.settings`;

const SURVEY_WITH_VERSION = `feedback.surveys survey
  left join feedback.survey_versions version
    on version.workspace_id = survey.workspace_id and version.survey_id = survey.id and version.number = survey.published_version`;

export const findSurvey = async (db: Queryable, workspaceId: string, id: string): Promise<SurveyRow | null> => {
  const { rows } = await db.query<SurveyRow>(
    `select ${SURVEY_COLUMNS}
     from ${SURVEY_WITH_VERSION}
     where survey.workspace_id = $1 and survey.id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** The survey at a public address, whatever its workspace. */
export const findSurveyBySlug = async (db: Queryable, slug: string): Promise<SurveyRow | null> => {
  const { rows } = await db.query<SurveyRow>(
    `select ${SURVEY_COLUMNS}
     from ${SURVEY_WITH_VERSION}
     where survey.slug = $1`,
    [slug],
  );
  return rows[0] ?? null;
};

export type SurveyListRow = {
  id: string;
  slug: string;
  name: string;
  status: SurveyStatus;
  questionCount: number;
  responseCount: number;
  completeCount: number;
  lastResponseAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

// Sorted by creation, which never changes, so that a survey edited between two pages is neither skipped nor shown twice.
export const listSurveyRows = async (
  db: Queryable,
  workspaceId: string,
  range: { status: SurveyStatus | null; before: { createdAt: string; id: string } | null; limit: number },
): Promise<SurveyListRow[]> => {
  const { rows } = await db.query<SurveyListRow>(
    `select survey.id, survey.slug, survey.name, survey.status, jsonb_array_length(survey.draft -> 'questions') as "questionCount",
            counted.responses as "responseCount", counted.completes as "completeCount", counted.last_at as "lastResponseAt",
            survey.created_at as "createdAt", survey.updated_at as "updatedAt"
     from feedback.surveys survey
     cross join lateral (
       select count(*) as responses, count(*) filter (where response.state = 'complete') as completes, max(response.saved_at) as last_at
       from feedback.responses response
       where response.workspace_id = survey.workspace_id and response.survey_id = survey.id
     ) counted
     where survey.workspace_id = $1
       and ($2::text is null or survey.status = $2)
       and ($3::timestamptz is null or (survey.created_at, survey.id) < ($3, $4::uuid))
     order by survey.created_at desc, survey.id desc
     limit $5`,
    [workspaceId, range.status, range.before?.createdAt ?? null, range.before?.id ?? null, range.limit],
  );
  return rows;
};

export const insertSurvey = async (
  tx: Queryable,
  survey: { workspaceId: string; id: string; slug: string; name: string; draft: SurveyDefinition; createdBy: string | null; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into feedback.surveys (workspace_id, id, slug, name, status, draft, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, 'draft', $5, $6, $7, $7)`,
    // Milliseconds, as the cursor of the list carries them: PostgreSQL's microseconds would be lost on the way.
    [survey.workspaceId, survey.id, survey.slug, survey.name, JSON.stringify(survey.draft), survey.createdBy, survey.at],
  );
};

/** Saves name and draft unless somebody else saved meanwhile.
 *  @returns false when the revision is not the newest any more */
export const updateDraft = async (
  tx: Queryable,
  change: { workspaceId: string; id: string; name: string | null; draft: SurveyDefinition | null; revision: number | null; at: Date },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update feedback.surveys
     set name = coalesce($3, name), draft = coalesce($4::jsonb, draft),
         draft_revision = draft_revision + case when $4::jsonb is null then 0 else 1 end, updated_at = $6
     where workspace_id = $1 and id = $2 and ($5::integer is null or draft_revision = $5)`,
    [change.workspaceId, change.id, change.name, change.draft === null ? null : JSON.stringify(change.draft), change.revision, change.at],
  );
  return rowCount === 1;
};

/** Locks the survey until the end of the transaction, so that two people publishing at once get two versions. */
export const lockSurvey = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("select from feedback.surveys where workspace_id = $1 and id = $2 for update", [workspaceId, id]);
};

export const insertVersion = async (
  tx: Queryable,
  version: { workspaceId: string; surveyId: string; number: number; definition: SurveyDefinition; publishedBy: string | null; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into feedback.survey_versions (workspace_id, survey_id, number, definition, published_by, published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [version.workspaceId, version.surveyId, version.number, JSON.stringify(version.definition), version.publishedBy, version.at],
  );
  await tx.query(
    `update feedback.surveys
     set status = 'open', published_version = $3, published_at = $4, updated_at = $4, closed_at = null
     where workspace_id = $1 and id = $2`,
    [version.workspaceId, version.surveyId, version.number, version.at],
  );
};

export const findVersion = async (db: Queryable, workspaceId: string, surveyId: string, number: number): Promise<SurveyDefinition | null> => {
  const { rows } = await db.query<{ definition: SurveyDefinition }>(
    "select definition from feedback.survey_versions where workspace_id = $1 and survey_id = $2 and number = $3",
    [workspaceId, surveyId, number],
  );
  return rows[0]?.definition ?? null;
};

export type SurveyVersionRow = {
  number: number;
  publishedAt: Date;
  /** Id of the member. */
  publishedBy: string | null;
  responseCount: number;
  answeringCount: number;
  definition: SurveyDefinition;
};

// One row is one published version, newest first; its responses are counted by responses_version_index.
export const listVersionRows = async (
  db: Queryable,
  survey: { workspaceId: string; id: string },
  range: { before: number | null; answeringSince: Date; limit: number },
): Promise<SurveyVersionRow[]> => {
  const { rows } = await db.query<SurveyVersionRow>(
    `select version.number, version.published_at as "publishedAt", version.published_by as "publishedBy", version.definition,
            counted.responses as "responseCount", counted.answering as "answeringCount"
     from feedback.survey_versions version
     cross join lateral (
       select count(*) as responses, count(*) filter (where response.state = 'partial' and response.saved_at >= $4) as answering
       from feedback.responses response
       where response.workspace_id = version.workspace_id and response.survey_id = version.survey_id and response.version = version.number
     ) counted
     where version.workspace_id = $1 and version.survey_id = $2
       and ($3::integer is null or version.number < $3)
     order by version.number desc
     limit $5`,
    [survey.workspaceId, survey.id, range.before, range.answeringSince, range.limit],
  );
  return rows;
};

export const updateStatus = async (tx: Queryable, survey: { workspaceId: string; id: string; status: "open" | "closed"; at: Date }): Promise<void> => {
  await tx.query(
    `update feedback.surveys
     set status = $3, closed_at = case when $3 = 'closed' then $4::timestamptz end, updated_at = $4
     where workspace_id = $1 and id = $2`,
    [survey.workspaceId, survey.id, survey.status, survey.at],
  );
};

/** Deletes a survey nobody has answered.
 *  @returns false when there are responses */
export const deleteSurveyRow = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `delete from feedback.surveys survey
     where survey.workspace_id = $1 and survey.id = $2
       and not exists (select from feedback.responses response where response.workspace_id = $1 and response.survey_id = $2)`,
    [workspaceId, id],
  );
  return rowCount === 1;
};
