import type { Queryable } from "#platform/db";

export type CommentRow = {
  id: string; stepId: string | null; cardId: string | null; text: string; memberId: string | null; mentions: string[]; createdAt: Date; resolvedAt: Date | null; resolvedById: string | null;
};

const COMMENT = `id, step_id as "stepId", card_id as "cardId", text, member_id as "memberId", mentions, created_at as "createdAt", resolved_at as "resolvedAt", resolved_by as "resolvedById"`;

/** Comments of a map in the order they were written. */
export const listComments = async (db: Queryable, workspaceId: string, mapId: string, limit: number): Promise<CommentRow[]> => {
  const { rows } = await db.query<CommentRow>(
    `select ${COMMENT}
     from journeys.map_comments
     where workspace_id = $1 and map_id = $2
     order by created_at, id
     limit $3`,
    [workspaceId, mapId, limit],
  );
  return rows;
};

export const findComment = async (db: Queryable, workspaceId: string, mapId: string, id: string): Promise<CommentRow | null> => {
  const { rows } = await db.query<CommentRow>(`select ${COMMENT} from journeys.map_comments where workspace_id = $1 and map_id = $2 and id = $3`, [workspaceId, mapId, id]);
  return rows[0] ?? null;
};

/** @returns whether the map had room for one more */
export const insertComment = async (tx: Queryable, workspaceId: string, mapId: string, row: CommentRow, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into journeys.map_comments (workspace_id, map_id, id, step_id, card_id, text, member_id, mentions, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9
     from journeys.map_comments
     where workspace_id = $1 and map_id = $2
     having count(*) < $10`,
    [workspaceId, mapId, row.id, row.stepId, row.cardId, row.text, row.memberId, row.mentions, row.createdAt, most],
  );
  return rowCount === 1;
};

/** @param resolved when and by whom; null: it is open again */
export const updateResolution = async (tx: Queryable, workspaceId: string, mapId: string, id: string, resolved: { at: Date; memberId: string | null } | null): Promise<void> => {
  await tx.query("update journeys.map_comments set resolved_at = $4, resolved_by = $5 where workspace_id = $1 and map_id = $2 and id = $3", [
    workspaceId, mapId, id, resolved?.at ?? null, resolved?.memberId ?? null,
  ]);
};

export const deleteComment = async (tx: Queryable, workspaceId: string, mapId: string, id: string): Promise<void> => {
  await tx.query("delete from journeys.map_comments where workspace_id = $1 and map_id = $2 and id = $3", [workspaceId, mapId, id]);
};
