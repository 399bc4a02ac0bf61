import type { Queryable } from "#platform/db";

export type CustomMetricRow = {
  id: string; name: string; description: string; surveyId: string; formula: string; scaleMin: number; scaleMax: number; createdAt: Date; changedAt: Date;
};

const COLUMNS = `id, name, description, survey_id as "surveyId", formula, scale_min as "scaleMin", scale_max as "scaleMax", created_at as "createdAt", changed_at as "changedAt"`;

export const listCustomMetrics = async (db: Queryable, workspaceId: string, limit: number): Promise<CustomMetricRow[]> => {
  const { rows } = await db.query<CustomMetricRow>(`select ${COLUMNS} from insights.custom_metrics where workspace_id = $1 order by lower(name), id limit $2`, [workspaceId, limit]);
  return rows;
};

export const findCustomMetric = async (db: Queryable, workspaceId: string, id: string): Promise<CustomMetricRow | null> => {
  const { rows } = await db.query<CustomMetricRow>(`select ${COLUMNS} from insights.custom_metrics where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Adds a metric unless the workspace has so many already.
 *  @returns whether it was added */
export const insertCustomMetric = async (tx: Queryable, workspaceId: string, row: CustomMetricRow & { createdBy: string | null }, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.custom_metrics (workspace_id, id, name, description, survey_id, formula, scale_min, scale_max, created_by, created_at, changed_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10
     where (select count(*) from insights.custom_metrics where workspace_id = $1) < $11`,
    [workspaceId, row.id, row.name, row.description, row.surveyId, row.formula, row.scaleMin, row.scaleMax, row.createdBy, row.createdAt, most],
  );
  return rowCount === 1;
};

export const updateCustomMetric = async (tx: Queryable, workspaceId: string, row: CustomMetricRow): Promise<void> => {
  await tx.query(
    `update insights.custom_metrics
     set name = $3, description = $4, survey_id = $5, formula = $6, scale_min = $7, scale_max = $8, changed_at = $9
     where workspace_id = $1 and id = $2`,
    [workspaceId, row.id, row.name, row.description, row.surveyId, row.formula, row.scaleMin, row.scaleMax, row.changedAt],
  );
};

/** @returns whether there was one */
export const deleteCustomMetric = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from insights.custom_metrics where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** Another metric of the same name, whatever the case. */
export const findByName = async (db: Queryable, workspaceId: string, name: string): Promise<string | null> => {
  const { rows } = await db.query<{ id: string }>("select id from insights.custom_metrics where workspace_id = $1 and lower(name) = lower($2)", [workspaceId, name]);
  return rows[0]?.id ?? null;
};
