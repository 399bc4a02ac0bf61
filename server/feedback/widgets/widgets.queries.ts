import type { Queryable } from "#platform/db";
import type { DisplayCounts, DisplayStep } from "./widgets.contract.ts";

export const findPlacement = async (db: Queryable, workspaceId: string, surveyId: string): Promise<{ settings: unknown; changedAt: Date } | null> => {
  const { rows } = await db.query<{ settings: unknown; changedAt: Date }>(
    `select settings, changed_at as "changedAt"
     from feedback.widget_placements
     where workspace_id = $1 and survey_id = $2`,
    [workspaceId, surveyId],
  );
  return rows[0] ?? null;
};

export const upsertPlacement = async (tx: Queryable, placement: { workspaceId: string; surveyId: string; settings: unknown; at: Date }): Promise<void> => {
  await tx.query(
    `insert into feedback.widget_placements (workspace_id, survey_id, settings, changed_at)
     values ($1, $2, $3, $4)
     on conflict (workspace_id, survey_id) do update
       set settings = excluded.settings, changed_at = excluded.changed_at`,
    [placement.workspaceId, placement.surveyId, JSON.stringify(placement.settings), placement.at],
  );
};

/** `settings` are those of the placement. */
export type PlacedSurvey = { id: string; slug: string; settings: unknown; surveySettings: unknown };

/** Surveys that may show on the website now: open, published, with a placement that is on. */
export const listPlacedSurveys = async (db: Queryable, workspaceId: string, limit: number): Promise<PlacedSurvey[]> => {
  const { rows } = await db.query<PlacedSurvey>(
    `select survey.id, survey.slug, placement.settings, survey.settings as "surveySettings"
     from feedback.widget_placements placement
     join feedback.surveys survey on survey.workspace_id = placement.workspace_id and survey.id = placement.survey_id
     where placement.workspace_id = $1
       and survey.status = 'open'
       and survey.published_version is not null
       and placement.settings -> 'isOn' = 'true'::jsonb
     order by survey.created_at, survey.id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

/** Whether a user id counts only with a proof; it does where nobody decided otherwise. */
export const findIsProofNeeded = async (db: Queryable, workspaceId: string): Promise<boolean> => {
  const { rows } = await db.query<{ isProofNeeded: boolean }>(`select is_proof_needed as "isProofNeeded" from feedback.website_settings where workspace_id = $1`, [workspaceId]);
  return rows[0]?.isProofNeeded ?? true;
};

export const upsertIsProofNeeded = async (tx: Queryable, settings: { workspaceId: string; isProofNeeded: boolean; at: Date }): Promise<void> => {
  await tx.query(
    `insert into feedback.website_settings (workspace_id, is_proof_needed, changed_at)
     values ($1, $2, $3)
     on conflict (workspace_id) do update
       set is_proof_needed = excluded.is_proof_needed, changed_at = excluded.changed_at`,
    [settings.workspaceId, settings.isProofNeeded, settings.at],
  );
};

export const addDisplay = async (db: Queryable, display: { workspaceId: string; surveyId: string; day: string; step: DisplayStep }): Promise<void> => {
  const { workspaceId, surveyId, day, step } = display;
  await db.query(
    `insert into feedback.displays (workspace_id, survey_id, day, shown, started, completed, dismissed)
     values ($1, $2, $3, ($4 = 'shown')::int, ($4 = 'started')::int, ($4 = 'completed')::int, ($4 = 'dismissed')::int)
     on conflict (workspace_id, survey_id, day) do update
       set shown = displays.shown + excluded.shown,
           started = displays.started + excluded.started,
           completed = displays.completed + excluded.completed,
           dismissed = displays.dismissed + excluded.dismissed`,
    [workspaceId, surveyId, day, step],
  );
};

export const sumDisplays = async (db: Queryable, workspaceId: string, surveyId: string, sinceDay: string): Promise<DisplayCounts> => {
  const { rows } = await db.query<DisplayCounts>(
    `select coalesce(sum(shown), 0)::int as shown, coalesce(sum(started), 0)::int as started,
            coalesce(sum(completed), 0)::int as completed, coalesce(sum(dismissed), 0)::int as dismissed
     from feedback.displays
     where workspace_id = $1 and survey_id = $2 and day >= $3`,
    [workspaceId, surveyId, sinceDay],
  );
  return rows[0] ?? { shown: 0, started: 0, completed: 0, dismissed: 0 };
};
