import type { Queryable } from "#platform/db";

export type NamedWave = { value: string; name: string; number: number; count: number };

/** Waves of the distributions of a survey as reports name them, in the order they began; what is triggered has one wave, number 0. */
export const listWaves = async (db: Queryable, workspaceId: string, surveyId: string): Promise<NamedWave[]> => {
  const { rows } = await db.query<NamedWave>(
    `select distribution.id || '/' || wave.number as value, distribution.name, wave.number, count(*) over (partition by distribution.id)::int as count
     from feedback.distributions distribution
     cross join lateral (
       select number, begins_at from feedback.distribution_waves where workspace_id = distribution.workspace_id and distribution_id = distribution.id
       union all
       select 0, coalesce(distribution.started_at, distribution.created_at)
     ) wave
     where distribution.workspace_id = $1 and distribution.survey_id = $2
     order by wave.begins_at, distribution.id, wave.number
     limit 5000`,
    [workspaceId, surveyId],
  );
  return rows;
};
