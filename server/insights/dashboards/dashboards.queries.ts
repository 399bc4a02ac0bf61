import type { Queryable } from "#platform/db";
import type { BoardAccess } from "./board-access.contract.ts";
import type { Owned } from "./board-access.rules.ts";

export type BoardHeadRow = Owned & {
  id: string; name: string; tileCount: number; version: number; createdAt: Date; changedAt: Date; changedById: string | null;
};
export type BoardRow = BoardHeadRow & { period: string; tiles: unknown };

const OWNED = `seen_by as "seenBy", seen_by_teams as "teams", seen_by_roles as "roles", changeable_by as "changeableBy", owner_id as "ownerId"`;
const HEAD = `${OWNED}, id, name, jsonb_array_length(tiles) as "tileCount", version, created_at as "createdAt", changed_at as "changedAt", changed_by as "changedById"`;

/** Boards in the order members gave them. */
export const listBoards = async (db: Queryable, workspaceId: string, limit: number): Promise<BoardHeadRow[]> => {
  const { rows } = await db.query<BoardHeadRow>(
    `select ${HEAD}
     from insights.dashboards
     where workspace_id = $1 and deleted_at is null
     order by position, id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

export const findBoard = async (db: Queryable, workspaceId: string, id: string): Promise<BoardRow | null> => {
  const { rows } = await db.query<BoardRow>(`select ${HEAD}, period, tiles from insights.dashboards where workspace_id = $1 and id = $2 and deleted_at is null`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Whom a board is of, one that is deleted too where that is asked for. */
export const findOwned = async (db: Queryable, workspaceId: string, id: string, isDeleted: boolean): Promise<Owned | null> => {
  const { rows } = await db.query<Owned>(`select ${OWNED} from insights.dashboards where workspace_id = $1 and id = $2 and (deleted_at is not null) = $3`, [workspaceId, id, isDeleted]);
  return rows[0] ?? null;
};

export const updateAccess = async (tx: Queryable, workspaceId: string, id: string, { seenBy, teams, roles, changeableBy, ownerId }: BoardAccess & { ownerId: string | null }): Promise<void> => {
  await tx.query(
    `update insights.dashboards set seen_by = $3, seen_by_teams = $4::uuid[], seen_by_roles = $5::text[], changeable_by = $6, owner_id = $7 where workspace_id = $1 and id = $2`,
    [workspaceId, id, seenBy, teams, roles, changeableBy, ownerId],
  );
};

type NewBoard = { workspaceId: string; id: string; name: string; period: string; tiles: unknown; at: Date; by: string | null; seenBy: BoardAccess["seenBy"] };

/** Puts a board behind the others.
 *  @returns whether the workspace, and whose it is, had room for one more */
export const insertBoard = async (tx: Queryable, row: NewBoard, most: { inAll: number; ofOne: number }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.dashboards (workspace_id, id, name, period, tiles, position, created_at, created_by, changed_at, changed_by, owner_id, seen_by)
     select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 10, $6, $7, $6, $7, $7, $9
     from insights.dashboards
     where workspace_id = $1
     having count(*) filter (where deleted_at is null) < $8 and count(*) filter (where deleted_at is null and owner_id = $7) < $10`,
    [row.workspaceId, row.id, row.name, row.period, JSON.stringify(row.tiles), row.at, row.by, most.inAll, row.seenBy, most.ofOne],
  );
  return rowCount === 1;
};

type Change = { version: number; name: string | null; period: string | null; tiles: unknown; at: Date; by: string | null };

/** Changes a board if it still is the version the change was made to.
 *  @returns the new version; null when it is another one, or gone */
export const updateBoard = async (tx: Queryable, workspaceId: string, id: string, change: Change): Promise<number | null> => {
  const { rows } = await tx.query<{ version: number }>(
    `update insights.dashboards
     set version = version + 1, name = coalesce($4, name), period = coalesce($5, period), tiles = coalesce($6::jsonb, tiles), changed_at = $7, changed_by = $8
     where workspace_id = $1 and id = $2 and version = $3 and deleted_at is null
     returning version`,
    [workspaceId, id, change.version, change.name, change.period, change.tiles === undefined ? null : JSON.stringify(change.tiles), change.at, change.by],
  );
  return rows[0]?.version ?? null;
};

/** @returns whether there was one to delete */
export const markBoardDeleted = async (tx: Queryable, workspaceId: string, id: string, at: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("update insights.dashboards set deleted_at = $3 where workspace_id = $1 and id = $2 and deleted_at is null", [workspaceId, id, at]);
  return rowCount === 1;
};

/** @returns whether there was one to bring back */
export const restoreBoard = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("update insights.dashboards set deleted_at = null where workspace_id = $1 and id = $2 and deleted_at is not null", [workspaceId, id]);
  return rowCount === 1;
};

export const deleteForgottenBoards = async (db: Queryable, deletedBefore: Date): Promise<void> => {
  await db.query("delete from insights.dashboards where deleted_at < $1", [deletedBefore]);
};

/** Boards that are named come first, in the order named; the others follow as they stood. */
export const orderBoards = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query(
    `update insights.dashboards board
     set position = wanted.place * 10
     from (
       select id, row_number() over (order by array_position($2::uuid[], id) nulls last, position, id) as place
       from insights.dashboards
       where workspace_id = $1
     ) wanted
     where board.workspace_id = $1 and board.id = wanted.id`,
    [workspaceId, [...ids]],
  );
};

/** Two changes of the order at once would deadlock on each other's rows. */
export const lockOrder = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('insights.dashboards ' || $1, 0))", [workspaceId]);
};
