import type { SegmentUse } from "#customers";
import type { Queryable } from "#platform/db";
import type { MapDocument } from "./document.contract.ts";
import type { MapState, Viewpoint } from "./maps.contract.ts";

export type MapHeadRow = {
  id: string; name: string; description: string; state: MapState; viewpoint: Viewpoint; ownerId: string | null; basedOnId: string | null; basedOnName: string | null;
  steps: number; boundSteps: number; revision: number; isArchived: boolean; createdAt: Date; changedAt: Date; changedById: string | null;
};
export type MapRow = MapHeadRow & { document: MapDocument };

// Viewpoints of before personas could be chosen say nothing of one.
const VIEWPOINT = `case when map.viewpoint ->> 'kind' = 'persona' then '{"personaId": null}'::jsonb || map.viewpoint else map.viewpoint end as viewpoint`;
const HEAD = `map.id, map.name, map.description, map.state, ${VIEWPOINT}, map.owner_id as "ownerId", origin.id as "basedOnId", origin.name as "basedOnName",
  map.steps, map.bound_steps as "boundSteps", map.revision, map.is_archived as "isArchived", map.created_at as "createdAt", map.changed_at as "changedAt", map.changed_by as "changedById"`;
const WITH_ORIGIN = "journeys.maps map left join journeys.maps origin on origin.workspace_id = map.workspace_id and origin.id = map.based_on";

/** Maps, the one changed last first. */
export const listMaps = async (db: Queryable, workspaceId: string, asked: { isArchived: boolean; limit: number }): Promise<MapHeadRow[]> => {
  const { rows } = await db.query<MapHeadRow>(
    `select ${HEAD}
     from ${WITH_ORIGIN}
     where map.workspace_id = $1 and map.is_archived = $2
     order by map.changed_at desc, map.id desc
     limit $3`,
    [workspaceId, asked.isArchived, asked.limit],
  );
  return rows;
};

export const findMap = async (db: Queryable, workspaceId: string, id: string): Promise<MapRow | null> => {
  const { rows } = await db.query<MapRow>(`select ${HEAD}, map.document from ${WITH_ORIGIN} where map.workspace_id = $1 and map.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Keeps everybody else from changing the map until the transaction ends. */
export const lockMap = async (tx: Queryable, workspaceId: string, id: string): Promise<MapRow | null> => {
  const { rows } = await tx.query<MapRow>(`select ${HEAD}, map.document from ${WITH_ORIGIN} where map.workspace_id = $1 and map.id = $2 for update of map`, [workspaceId, id]);
  return rows[0] ?? null;
};

export type NewMap = {
  id: string; workspaceId: string; name: string; description: string; state: MapState; viewpoint: Viewpoint; ownerId: string | null; basedOn: string | null;
  document: MapDocument; steps: number; boundSteps: number; childMapIds: readonly string[]; at: Date; memberId: string | null;
};

/** @returns whether the workspace had room for one more */
export const insertMap = async (tx: Queryable, map: NewMap, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into journeys.maps (
       id, workspace_id, name, description, state, viewpoint, owner_id, based_on, document, first_document, steps, bound_steps, child_map_ids, created_at, changed_at, changed_by
     )
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $13, $14
     from journeys.maps
     where workspace_id = $2
     having count(*) < $15`,
    [
      map.id, map.workspaceId, map.name, map.description, map.state, JSON.stringify(map.viewpoint), map.ownerId, map.basedOn, JSON.stringify(map.document),
      map.steps, map.boundSteps, [...map.childMapIds], map.at, map.memberId, most,
    ],
  );
  return rowCount === 1;
};

export type MapDetails = Pick<MapHeadRow, "name" | "description" | "state" | "viewpoint" | "ownerId" | "isArchived">;

export const updateDetails = async (tx: Queryable, workspaceId: string, id: string, details: MapDetails, by: { at: Date; memberId: string | null }): Promise<void> => {
  await tx.query(
    `update journeys.maps
     set name = $3, description = $4, state = $5, viewpoint = $6, owner_id = $7, is_archived = $8, changed_at = $9, changed_by = $10
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, details.name, details.description, details.state, JSON.stringify(details.viewpoint), details.ownerId, details.isArchived, by.at, by.memberId],
  );
};

export type NewDocument = { document: MapDocument; revision: number; steps: number; boundSteps: number; childMapIds: readonly string[]; at: Date; memberId: string | null };

export const updateDocument = async (tx: Queryable, workspaceId: string, id: string, now: NewDocument): Promise<void> => {
  await tx.query(
    `update journeys.maps
     set document = $3, revision = $4, steps = $5, bound_steps = $6, child_map_ids = $7, changed_at = $8, changed_by = $9
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, JSON.stringify(now.document), now.revision, now.steps, now.boundSteps, [...now.childMapIds], now.at, now.memberId],
  );
};

/** @returns whether there was one to delete */
export const deleteMap = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from journeys.maps where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** Ids of maps of the workspace among some ids. */
export const listKnownMaps = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select id from journeys.maps where workspace_id = $1 and id = any ($2::uuid[]) order by id", [workspaceId, [...ids]]);
  return rows.map(({ id }) => id);
};

/** Which of some maps contain a map, at any depth, or are it. */
export const listContaining = async (tx: Queryable, workspaceId: string, id: string, candidates: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `with recursive containing as (
       select $2::uuid as id
       union
       select map.id
       from containing
       join journeys.maps map on map.workspace_id = $1 and map.child_map_ids @> array[containing.id]
     )
     select id from containing where id = any ($3::uuid[]) order by id`,
    [workspaceId, id, [...candidates]],
  );
  return rows.map(({ id: found }) => found);
};

/** Documents of some maps and of all that show steps of theirs in detail, at any depth. */
export const listDocumentsInside = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<{ id: string; document: MapDocument }[]> => {
  const { rows } = await db.query<{ id: string; document: MapDocument }>(
    `with recursive inside as (
       select id, child_map_ids from journeys.maps where workspace_id = $1 and id = any ($2::uuid[])
       union
       select map.id, map.child_map_ids
       from inside
       join journeys.maps map on map.workspace_id = $1 and map.id = any (inside.child_map_ids)
     )
     select id, document from journeys.maps where workspace_id = $1 and id in (select id from inside) order by id`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** Maps with a step that this one shows in detail, by their names. */
export const listMapsAround = async (db: Queryable, workspaceId: string, id: string, limit: number): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    "select id, name from journeys.maps where workspace_id = $1 and child_map_ids @> array[$2::uuid] and not is_archived order by lower(name), id limit $3",
    [workspaceId, id, limit],
  );
  return rows;
};

/** Two maps put into each other at once would each look innocent; and the count of maps is taken under the same lock. */
export const lockMapsOf = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('journeys.maps ' || $1, 0))", [workspaceId]);
};

/** Maps that are drawn for a segment, archived ones too: each can be brought back. */
export const listMapsForSegment = async (db: Queryable, workspaceId: string, segmentId: string): Promise<SegmentUse[]> => {
  const { rows } = await db.query<SegmentUse>(
    `select 'map' as kind, name
     from journeys.maps
     where workspace_id = $1 and viewpoint ->> 'segmentId' = $2
     order by lower(name), id
     limit 20`,
    [workspaceId, segmentId],
  );
  return rows;
};

/** Writes the name and story of a persona into the maps drawn for it; null leaves the last ones.
 *  @returns all of these maps, changed or not: whether the persona is there has to be told as well */
export const keepPersona = async (tx: Queryable, workspaceId: string, personaId: string, persona: { name: string; story: string } | null): Promise<{ id: string; revision: number }[]> => {
  const { rows } = await tx.query<{ id: string; revision: number }>(
    `update journeys.maps
     set viewpoint = viewpoint || coalesce($3::jsonb, '{}')
     where workspace_id = $1 and viewpoint ->> 'personaId' = $2
     returning id, revision`,
    [workspaceId, personaId, persona === null ? null : JSON.stringify({ name: persona.name, story: persona.story })],
  );
  return rows;
};
