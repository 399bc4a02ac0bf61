// What every verb on maps begins and ends with.
import { listMembers } from "#people";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { mapNotFound } from "./maps.errors.ts";
import { findMap, lockMap, type MapRow } from "./maps.queries.ts";

/** @throws not_found */
export const requireMap = async (db: Queryable, workspaceId: string, id: string): Promise<MapRow> => {
  const map = await findMap(db, workspaceId, id);
  if (map === null) throw mapNotFound();
  return map;
};

/** The map, which nobody else can change until the transaction ends.
 *  @throws not_found */
export const lockedMap = async (tx: Queryable, workspaceId: string, id: string): Promise<MapRow> => {
  const map = await lockMap(tx, workspaceId, id);
  if (map === null) throw mapNotFound();
  return map;
};

/** Tells every browser that shows the map to ask for what is new. */
export const sayChanged = (tx: Queryable, workspaceId: string, map: { id: string; revision: number }): Promise<void> =>
  publish(tx, { name: "map.changed", workspaceId, payload: { mapId: map.id, revision: map.revision } });

export const namesOfMembers = async (db: Queryable, workspaceId: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await listMembers(db, workspaceId)).map(({ id, name }) => [id, name]));

export const nameOf = (memberId: string | null, names: ReadonlyMap<string, string>): string | null => (memberId === null ? null : (names.get(memberId) ?? null));
