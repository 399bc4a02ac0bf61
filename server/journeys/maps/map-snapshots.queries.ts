import type { Queryable } from "#platform/db";
import type { MapDocument } from "./document.contract.ts";

export type SnapshotRow = { revision: number; document: MapDocument };

/** The last known state of a map at a revision or before it: a snapshot, else as the map began. */
export const findSnapshot = async (db: Queryable, workspaceId: string, mapId: string, revision: number): Promise<SnapshotRow | null> => {
  const { rows } = await db.query<SnapshotRow>(
    `select revision, document
     from (
       select revision, document from journeys.map_snapshots where workspace_id = $1 and map_id = $2 and revision <= $3
       union all
       select 0, first_document from journeys.maps where workspace_id = $1 and id = $2
     ) known
     order by revision desc
     limit 1`,
    [workspaceId, mapId, revision],
  );
  return rows[0] ?? null;
};

/** Keeps the document of the map as a snapshot when so many edits or more were carried out since the last one. */
export const keepSnapshot = async (tx: Queryable, workspaceId: string, mapId: string, editsLeast: number): Promise<void> => {
  await tx.query(
    `insert into journeys.map_snapshots (workspace_id, map_id, revision, document)
     select workspace_id, id, revision, document
     from journeys.maps map
     where workspace_id = $1 and id = $2 and $3 <= (
       select coalesce(sum(change_count), 0)
       from journeys.map_edits
       where workspace_id = $1 and map_id = $2 and change_count > 0 and revision > (
         select coalesce(max(revision), 0) from journeys.map_snapshots where workspace_id = $1 and map_id = $2
       )
     )`,
    [workspaceId, mapId, editsLeast],
  );
};

/** Of which revisions of a map snapshots are kept, the oldest first. */
export const listSnapshots = async (tx: Queryable, workspaceId: string, mapId: string): Promise<number[]> => {
  const { rows } = await tx.query<{ revision: number }>("select revision from journeys.map_snapshots where workspace_id = $1 and map_id = $2 order by revision", [workspaceId, mapId]);
  return rows.map(({ revision }) => revision);
};

export const deleteSnapshots = async (tx: Queryable, workspaceId: string, mapId: string, revisions: readonly number[]): Promise<void> => {
  await tx.query("delete from journeys.map_snapshots where workspace_id = $1 and map_id = $2 and revision = any ($3::integer[])", [workspaceId, mapId, [...revisions]]);
};
