// Which things outside of a map its parts may not point to: those that the workspace does not have, and maps that contain it.
import { listMembers } from "#people";
import type { Queryable } from "#platform/db";
import type { RefusedBecause } from "./edits.contract.ts";
import { listContaining, listKnownMaps, lockMapsOf } from "./maps.queries.ts";
import { listKnownPhotos } from "./photos.queries.ts";
import { idsAmong, type Reference } from "./references.rules.ts";

/** Call it before the map itself is locked: what points to other maps waits for others that do the same.
 *  @param mapId the map whose parts point there */
export const listBarred = async (tx: Queryable, workspaceId: string, mapId: string, references: readonly Reference[]): Promise<Map<Reference, RefusedBecause>> => {
  const [memberIds, mapIds, photoIds] = [idsAmong(references, "member"), idsAmong(references, "map"), idsAmong(references, "photo")];
  const barred = new Map<Reference, RefusedBecause>();
  const bar = (kind: string, ids: readonly string[], because: RefusedBecause): void => ids.forEach((id) => barred.set(`${kind} ${id}`, because));
  if (memberIds.length > 0) {
    const members = new Set((await listMembers(tx, workspaceId)).map(({ id }) => id));
    bar("member", memberIds.filter((id) => !members.has(id)), "unknown");
  }
  if (photoIds.length > 0) {
    const photos = new Set(await listKnownPhotos(tx, workspaceId, mapId, photoIds));
    bar("photo", photoIds.filter((id) => !photos.has(id)), "unknown");
  }
  if (mapIds.length > 0) {
    await lockMapsOf(tx, workspaceId);
    const maps = new Set(await listKnownMaps(tx, workspaceId, mapIds));
    bar("map", mapIds.filter((id) => !maps.has(id)), "unknown");
    bar("map", await listContaining(tx, workspaceId, mapId, mapIds), "contains_itself");
  }
  return barred;
};
