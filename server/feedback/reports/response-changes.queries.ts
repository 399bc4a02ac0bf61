// What the copy for reports reads of the record.
import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { StoredAnswer } from "../responses/stored-answers.rules.ts";

export type Change = { workspaceId: string; responseId: string; xid: string; seq: number };

/** Responses changed after a position in the order of commit; the index on (xid, seq) carries it. */
export const listChangesAfter = async (db: Queryable, after: { xid: string; seq: number }, horizon: string, limit: number): Promise<Change[]> => {
  const { rows } = await db.query<Change>(
    `select change.workspace_id as "workspaceId", change.response_id as "responseId", change.xid::text as xid, change.seq
     from feedback.response_changes change
     where (change.xid, change.seq) > ($1::text::xid8, $2::bigint) and change.xid < $3::text::xid8
     order by change.xid, change.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

export const countChangesAfter = async (db: Queryable, after: { xid: string; seq: number }, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from (select from feedback.response_changes change where (change.xid, change.seq) > ($1::text::xid8, $2::bigint) limit $3) waiting",
    [after.xid, after.seq, limit],
  );
  return Number(rows[0]?.count ?? 0);
};

export type FollowedResponse = {
  workspaceId: string; id: string; surveyId: string; version: number; state: "partial" | "complete";
  outcome: "counted" | "screened_out" | "over_quota" | "flagged"; language: string; channel: string;
  touchpoint: string | null; source: string | null; campaign: string | null; subject: string | null;
  /** Of the distribution that invited the person, `<distribution>/<number>`; null where nobody did by name. */
  wave: string | null;
  startedAt: Date; savedAt: Date; completedAt: Date | null; recordedAt: Date | null;
};

/** Responses as they are now; those that are gone are missing. */
export const listFollowedResponses = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<FollowedResponse[]> => {
  const { rows } = await db.query<FollowedResponse>(
    `select response.workspace_id as "workspaceId", response.id, response.survey_id as "surveyId", response.version, response.state, response.outcome,
            response.language, response.channel, response.touchpoint, response.source, response.campaign, response.subject,
            response.started_at as "startedAt", response.saved_at as "savedAt", response.completed_at as "completedAt", response.recorded_at as "recordedAt",
            invitation.distribution_id || '/' || invitation.wave as wave
     from feedback.responses response
     left join lateral (
       select distribution_id, wave from feedback.invitations where workspace_id = response.workspace_id and response_id = response.id order by id limit 1
     ) invitation on true
     where response.workspace_id = $1 and response.id = any ($2::uuid[])
     order by response.id`,
    [workspaceId, [...ids]],
  );
  return rows;
};

export type FollowedAnswer = StoredAnswer & { responseId: string };

/** Their answers; hidden ones are not wanted here, nor is what was written. */
export const listFollowedAnswers = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<FollowedAnswer[]> => {
  const { rows } = await db.query<FollowedAnswer>(
    `select answer.response_id as "responseId", answer.question_id as "questionId", answer.question_type as "questionType", answer.number, answer.choices,
            answer.text, answer.details, answer.is_shown as "isShown"
     from feedback.answers answer
     where answer.workspace_id = $1 and answer.response_id = any ($2::uuid[])
     order by answer.response_id, answer.position`,
    [workspaceId, [...ids]],
  );
  return rows;
};

export const findFollowedDefinition = async (db: Queryable, key: { workspaceId: string; surveyId: string; version: number }): Promise<SurveyDefinition | null> => {
  const { rows } = await db.query<{ definition: SurveyDefinition }>(
    "select definition from feedback.survey_versions where workspace_id = $1 and survey_id = $2 and number = $3",
    [key.workspaceId, key.surveyId, key.version],
  );
  return rows[0]?.definition ?? null;
};
