import type { Queryable } from "#platform/db";
import type { SurveySettings } from "./survey-settings.contract.ts";

export const updateSettings = async (tx: Queryable, survey: { workspaceId: string; id: string; settings: SurveySettings; at: Date }): Promise<void> => {
  await tx.query("update feedback.surveys set settings = $3, updated_at = $4 where workspace_id = $1 and id = $2", [
    survey.workspaceId, survey.id, JSON.stringify(survey.settings), survey.at,
  ]);
};

/** Counts anew how many responses a survey has let in, for a limit that is set when some are there already. */
export const recountLetIn = async (tx: Queryable, survey: { workspaceId: string; id: string; quotaId: string }): Promise<void> => {
  await tx.query(
    `insert into feedback.quota_counts (workspace_id, survey_id, quota_id, let_in)
     select $1, $2, $3, count(*)
     from feedback.responses response
     where response.workspace_id = $1 and response.survey_id = $2 and response.state = 'complete' and response.outcome = 'counted'
     on conflict (workspace_id, survey_id, quota_id) do update set let_in = excluded.let_in`,
    [survey.workspaceId, survey.id, survey.quotaId],
  );
};

/** Surveys whose answers are not kept for ever. */
export const listSurveysWithRetention = async (db: Queryable): Promise<{ workspaceId: string; id: string }[]> => {
  const { rows } = await db.query<{ workspaceId: string; id: string }>(
    `select workspace_id as "workspaceId", id
     from feedback.surveys
     where settings -> 'retention' is not null and settings -> 'retention' <> 'null'::jsonb
     order by workspace_id, id`,
  );
  return rows;
};
