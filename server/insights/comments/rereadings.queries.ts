import type { Queryable } from "#platform/db";

export type RereadingReason = "asked" | "taught" | "withdrawn" | "new_model";

export type RereadingRow = {
  id: string;
  state: "running" | "done" | "stopped";
  reason: RereadingReason;
  modelVersion: string | null;
  begunAt: Date;
  endedAt: Date | null;
  commentsRead: number;
  commentsChanged: number;
  commentsTotal: number;
  positionAt: Date | null;
  positionId: string | null;
  movedAt: Date;
};

export const findRereading = async (db: Queryable, workspaceId: string): Promise<RereadingRow | null> => {
  const { rows } = await db.query<RereadingRow>(
    `select id, state, reason, model_version as "modelVersion", begun_at as "begunAt", ended_at as "endedAt", comments_read::float8 as "commentsRead",
            comments_changed::float8 as "commentsChanged", comments_total::float8 as "commentsTotal", position_at as "positionAt", position_id as "positionId",
            coalesce(moved_at, begun_at) as "movedAt"
     from insights.rereadings
     where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
};

/** Begins anew, whatever the one before had reached: it was about another model. */
export const beginRereading = async (tx: Queryable, workspaceId: string, row: { id: string; reason: RereadingReason; begunAt: Date }): Promise<void> => {
  await tx.query(
    `insert into insights.rereadings (workspace_id, id, state, reason, begun_at, comments_total)
     values ($1, $2, 'running', $3, $4, (select count(*) from insights.readings where workspace_id = $1))
     on conflict (workspace_id) do update
     set id = excluded.id, state = 'running', reason = excluded.reason, begun_at = excluded.begun_at, ended_at = null, model_version = null,
         comments_read = 0, comments_changed = 0, comments_total = excluded.comments_total, position_at = null, position_id = null, moved_at = null`,
    [workspaceId, row.id, row.reason, row.begunAt],
  );
};

/** Notes a portion, unless another one was begun or this one was stopped meanwhile.
 *  @returns whether it still runs */
export const advanceRereading = async (
  tx: Queryable,
  workspaceId: string,
  portion: { id: string; read: number; changed: number; modelVersion: string; position: { at: Date; id: string }; now: Date },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update insights.rereadings
     set comments_read = comments_read + $3, comments_changed = comments_changed + $4, model_version = $5, position_at = $6, position_id = $7, moved_at = $8
     where workspace_id = $1 and id = $2 and state = 'running'`,
    [workspaceId, portion.id, portion.read, portion.changed, portion.modelVersion, portion.position.at, portion.position.id, portion.now],
  );
  return rowCount === 1;
};

export const endRereading = async (tx: Queryable, workspaceId: string, id: string, state: "done" | "stopped", endedAt: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("update insights.rereadings set state = $3, ended_at = $4 where workspace_id = $1 and id = $2 and state = 'running'", [workspaceId, id, state, endedAt]);
  return rowCount === 1;
};
