import type { Queryable } from "#platform/db";

export const findSettings = async (db: Queryable, workspaceId: string): Promise<unknown> => {
  const { rows } = await db.query<{ settings: unknown }>("select settings from insights.need_fact_settings where workspace_id = $1", [workspaceId]);
  return rows[0]?.settings ?? {};
};

export const writeSettings = async (tx: Queryable, workspaceId: string, settings: object, now: Date): Promise<void> => {
  await tx.query(
    `insert into insights.need_fact_settings (workspace_id, settings, updated_at)
     values ($1, $2::jsonb, $3)
     on conflict (workspace_id) do update set settings = excluded.settings, updated_at = excluded.updated_at`,
    [workspaceId, JSON.stringify(settings), now],
  );
};
