import type { Queryable } from "#platform/db";
import type { MapEdit, RefusedEdit } from "./edits.contract.ts";

export type EditGroupRow = { id: string; revision: number; memberId: string | null; at: Date; edits: MapEdit[]; restoredRevision: number | null };
export type KeptGroupRow = EditGroupRow & { changeCount: number; refused: RefusedEdit[] };

const COLUMNS = "id, revision, change_count, member_id, at, edits, restored_revision";
const GROUP = `id, revision, member_id as "memberId", at, edits, restored_revision as "restoredRevision"`;

/** A group by the id its sender gave it, whether anything of it was carried out or not. */
export const findGroup = async (db: Queryable, workspaceId: string, mapId: string, id: string): Promise<KeptGroupRow | null> => {
  const { rows } = await db.query<KeptGroupRow>(
    `select ${GROUP}, change_count as "changeCount", refused from journeys.map_edits where workspace_id = $1 and map_id = $2 and id = $3`,
    [workspaceId, mapId, id],
  );
  return rows[0] ?? null;
};

/** Most edits of one answer, but for a single larger group: 500 groups of a megabyte each would not fit into memory. */
const EDITS_READ_MAX = 5_000;

/** Groups that changed something after a revision, in their order; fewer than the limit when they hold many edits. */
export const listGroups = async (db: Queryable, workspaceId: string, mapId: string, span: { after: number; until: number | null; limit: number }): Promise<EditGroupRow[]> => {
  const { rows } = await db.query<EditGroupRow>(
    `select ${GROUP}
     from (
       select ${COLUMNS}, sum(change_count) over (order by revision) - change_count as edits_before
       from (
         select ${COLUMNS}
         from journeys.map_edits
         where workspace_id = $1 and map_id = $2 and change_count > 0 and revision > $3 and ($4::integer is null or revision <= $4)
         order by revision
         limit $5
       ) found
     ) counted
     where edits_before < $6
     order by revision`,
    [workspaceId, mapId, span.after, span.until, span.limit, EDITS_READ_MAX],
  );
  return rows;
};

/** The latest groups before a revision (null: all), newest first; fewer than the limit when they hold many edits. */
export const listLatestGroups = async (db: Queryable, workspaceId: string, mapId: string, span: { before: number | null; limit: number }): Promise<EditGroupRow[]> => {
  const { rows } = await db.query<EditGroupRow>(
    `select ${GROUP}
     from (
       select ${COLUMNS}, sum(change_count) over (order by revision desc) - change_count as edits_after
       from (
         select ${COLUMNS}
         from journeys.map_edits
         where workspace_id = $1 and map_id = $2 and change_count > 0 and ($3::integer is null or revision < $3)
         order by revision desc
         limit $4
       ) found
     ) counted
     where edits_after < $5
     order by revision desc`,
    [workspaceId, mapId, span.before, span.limit, EDITS_READ_MAX],
  );
  return rows;
};

export type NewGroup = KeptGroupRow & { workspaceId: string; mapId: string };

export const insertGroup = async (tx: Queryable, group: NewGroup): Promise<void> => {
  await tx.query(
    `insert into journeys.map_edits (workspace_id, map_id, id, revision, change_count, member_id, at, edits, refused, restored_revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      group.workspaceId, group.mapId, group.id, group.revision, group.changeCount, group.memberId, group.at, JSON.stringify(group.edits), JSON.stringify(group.refused), group.restoredRevision,
    ],
  );
};
