import type { Queryable } from "#platform/db";

/** What a formula of one's own measures. */
export type Measured = { surveyId: string; formula: string; scaleMin: number; scaleMax: number };
export type MetricChangeRow = { at: Date; before: Measured; after: Measured };

export const insertMetricChange = async (tx: Queryable, workspaceId: string, metricId: string, row: MetricChangeRow & { id: string }): Promise<void> => {
  await tx.query(
    `insert into insights.custom_metric_changes (workspace_id, metric_id, at, id, before, after)
     values ($1, $2, $3, $4, $5, $6)`,
    [workspaceId, metricId, row.at, row.id, JSON.stringify(row.before), JSON.stringify(row.after)],
  );
};

/** Changes of one metric in a period, in order of time. */
export const listMetricChanges = async (db: Queryable, workspaceId: string, metricId: string, { from, to }: { from: Date; to: Date }): Promise<MetricChangeRow[]> => {
  const { rows } = await db.query<MetricChangeRow>(
    `select at, before, after
     from insights.custom_metric_changes
     where workspace_id = $1 and metric_id = $2 and at >= $3 and at < $4
     order by at, id
     limit 200`,
    [workspaceId, metricId, from, to],
  );
  return rows;
};
