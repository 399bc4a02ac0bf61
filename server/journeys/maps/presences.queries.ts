import type { Queryable } from "#platform/db";

const PAGES_MAX = 200;

/** Notes that a page shows the map. More pages than a team has are not counted.
 *  @returns whether it did not before */
export const upsertPresence = async (tx: Queryable, row: { workspaceId: string; mapId: string; id: string; memberId: string; at: Date }): Promise<boolean> => {
  const { rows } = await tx.query<{ isNew: boolean }>(
    `insert into journeys.map_presences (workspace_id, map_id, id, member_id, came_at, seen_at)
     select $1, $2, $3, $4, $5, $5
     where (select count(*) from journeys.map_presences where workspace_id = $1 and map_id = $2 and id <> $3) < $6
     on conflict (workspace_id, map_id, id) do update set seen_at = excluded.seen_at where map_presences.member_id = excluded.member_id
     returning xmax = 0 as "isNew"`,
    [row.workspaceId, row.mapId, row.id, row.memberId, row.at, PAGES_MAX],
  );
  return rows[0]?.isNew === true;
};

/** @returns whether it was there */
export const deletePresence = async (tx: Queryable, row: { workspaceId: string; mapId: string; id: string; memberId: string }): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from journeys.map_presences where workspace_id = $1 and map_id = $2 and id = $3 and member_id = $4", [row.workspaceId, row.mapId, row.id, row.memberId]);
  return rowCount === 1;
};

/** Takes away pages that were not heard of since.
 *  @returns whether there were any */
export const deletePresencesBefore = async (tx: Queryable, workspaceId: string, mapId: string, before: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from journeys.map_presences where workspace_id = $1 and map_id = $2 and seen_at < $3", [workspaceId, mapId, before]);
  return (rowCount ?? 0) > 0;
};

/** Members whose pages were heard of since, whoever came first at the front. */
export const listPresentMembers = async (db: Queryable, workspaceId: string, mapId: string, since: Date): Promise<string[]> => {
  const { rows } = await db.query<{ memberId: string }>(
    `select member_id as "memberId"
     from journeys.map_presences
     where workspace_id = $1 and map_id = $2 and seen_at >= $3
     group by member_id
     order by min(came_at), member_id
     limit 50`,
    [workspaceId, mapId, since],
  );
  return rows.map(({ memberId }) => memberId);
};
