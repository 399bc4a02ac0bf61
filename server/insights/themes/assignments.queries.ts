import type { Queryable } from "#platform/db";

export type Position = { xid: string; seq: number };

export type ReadComment = { id: string; workspaceId: string };

/** Readings written or changed after a place in the order of commit, of all workspaces; the index on (xid, seq) carries it. */
export const listReadAfter = async (db: Queryable, after: Position, limit: number): Promise<(ReadComment & Position)[]> => {
  const { rows } = await db.query<ReadComment & Position>(
    `select perception_id as id, workspace_id as "workspaceId", xid::text as xid, seq
     from insights.readings
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by readings.xid, readings.seq
     limit $3`,
    [after.xid, after.seq, limit],
  );
  return rows;
};

/** The next read comments of a workspace by their id, whatever is done with them meanwhile. */
export const listReadOf = async (db: Queryable, workspaceId: string, after: string | null, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select perception_id as id
     from insights.readings
     where workspace_id = $1 and ($2::uuid is null or perception_id > $2)
     order by perception_id
     limit $3`,
    [workspaceId, after, limit],
  );
  return rows.map(({ id }) => id);
};

/** How many comments of a workspace were read, counted up to a limit. */
export const countRead = async (db: Queryable, workspaceId: string, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>("select count(*) as count from (select from insights.readings where workspace_id = $1 limit $2) read", [workspaceId, limit]);
  return Number(rows[0]?.count ?? 0);
};

export const findThemePosition = async (db: Queryable): Promise<Position> => {
  const { rows } = await db.query<Position>("select xid::text as xid, seq from insights.theme_positions where source = 'readings'");
  return rows[0] === undefined ? { xid: "0", seq: 0 } : { xid: rows[0].xid, seq: Number(rows[0].seq) };
};

/** Moves the place on, unless another server has done so meanwhile.
 *  @returns whether it was moved */
export const moveThemePosition = async (tx: Queryable, from: Position, to: Position): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update insights.theme_positions
     set xid = $3::text::xid8, seq = $4
     where source = 'readings' and xid = $1::text::xid8 and seq = $2`,
    [from.xid, from.seq, to.xid, to.seq],
  );
  return rowCount === 1;
};

export type NewAssignment = { perceptionId: string; workspaceId: string; version: number; themeIds: string[]; sure: number[] };

/** Writes the themes found in comments; one whose themes are the same stays as it is and is not copied again. What people said of them stays beside. */
export const writeAssignments = async (tx: Queryable, rows: readonly NewAssignment[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.query(
    `insert into insights.theme_assignments (perception_id, workspace_id, version, theme_ids, sure)
     select given.id, given.workspace_id, given.version, given.theme_ids::uuid[], given.sure::real[]
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[]) given (id, workspace_id, version, theme_ids, sure)
     order by given.id
     on conflict (perception_id) do update
     set xid = pg_current_xact_id(), version = excluded.version, theme_ids = excluded.theme_ids, sure = excluded.sure
     where (theme_assignments.theme_ids, theme_assignments.sure) is distinct from (excluded.theme_ids, excluded.sure)`,
    [
      rows.map((row) => row.perceptionId), rows.map((row) => row.workspaceId), rows.map((row) => row.version),
      rows.map((row) => `{${row.themeIds.join(",")}}`), rows.map((row) => `{${row.sure.map((sure) => sure.toFixed(3)).join(",")}}`),
    ],
  );
};

/** What was found in a comment by words, and what people gave it and took from it. */
export type ThemesOfComment = { themeIds: string[]; sure: number[]; added: string[]; removed: string[] };
const themesColumns = `theme_ids::text[] as "themeIds", sure, added::text[] as added, removed::text[] as removed`;

/** The themes of a comment, kept from others until the transaction ends; one in which none were looked for yet gets none. */
export const lockThemesOf = async (tx: Queryable, workspaceId: string, perceptionId: string): Promise<ThemesOfComment> => {
  await tx.query(
    `insert into insights.theme_assignments (perception_id, workspace_id, version, theme_ids, sure)
     values ($1, $2, 0, '{}', '{}')
     on conflict (perception_id) do nothing`,
    [perceptionId, workspaceId],
  );
  const { rows } = await tx.query<ThemesOfComment>(`select ${themesColumns} from insights.theme_assignments where perception_id = $1 and workspace_id = $2 for update`, [perceptionId, workspaceId]);
  return rows[0] ?? { themeIds: [], sure: [], added: [], removed: [] };
};

export const rewriteThemesOf = async (tx: Queryable, perceptionId: string, { added, removed }: ThemesOfComment): Promise<void> => {
  await tx.query("update insights.theme_assignments set xid = pg_current_xact_id(), added = $2::uuid[], removed = $3::uuid[] where perception_id = $1", [perceptionId, [...added], [...removed]]);
};

export const listThemesOfComments = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<(ThemesOfComment & { id: string })[]> => {
  const { rows } = await db.query<ThemesOfComment & { id: string }>(
    `select perception_id as id, ${themesColumns} from insights.theme_assignments where workspace_id = $1 and perception_id = any ($2::uuid[])`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** Themes that people gave to comments, so that a search which does not find them again leaves them; the index on those rows carries it. */
export const listGivenThemes = async (db: Queryable, workspaceId: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select distinct unnest(added)::text as id from insights.theme_assignments where workspace_id = $1 and added <> '{}' limit 2000", [workspaceId]);
  return rows.map(({ id }) => id);
};

/** Lets themes be taken from the comments that people took another one from: they were merged into it, or found in its place. */
export const spreadRemovals = async (tx: Queryable, workspaceId: string, merged: readonly string[], into: string): Promise<void> => {
  await tx.query(
    `update insights.theme_assignments
     set xid = pg_current_xact_id(), removed = removed || $2::uuid[]
     where workspace_id = $1 and removed <> '{}' and removed @> array[$3::uuid]`,
    [workspaceId, [...merged], into],
  );
};

export type FollowedAssignment = Position & ThemesOfComment & { workspaceId: string; id: string };

/** Themes of comments written or changed after a place in the order of commit; the index on (xid, seq) carries it. */
export const listAssignmentsAfter = async (db: Queryable, after: Position, horizon: string, limit: number): Promise<FollowedAssignment[]> => {
  const { rows } = await db.query<FollowedAssignment>(
    `select workspace_id as "workspaceId", perception_id as id, xid::text as xid, seq, ${themesColumns}
     from insights.theme_assignments
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by theme_assignments.xid, theme_assignments.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

export const countAssignmentsAfter = async (db: Queryable, after: Position, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from (select from insights.theme_assignments where (xid, seq) > ($1::text::xid8, $2::bigint) limit $3) waiting",
    [after.xid, after.seq, limit],
  );
  return Number(rows[0]?.count ?? 0);
};

/** Forgets the themes of comments whose reading is gone. */
export const deleteGoneAssignments = async (db: Queryable): Promise<void> => {
  await db.query(
    `delete from insights.theme_assignments assignment
     where not exists (select from insights.readings reading where reading.perception_id = assignment.perception_id)`,
  );
};
