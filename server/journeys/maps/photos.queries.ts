import type { Queryable } from "#platform/db";

/** Ids of the photos of a map among some ids. */
export const listKnownPhotos = async (db: Queryable, workspaceId: string, mapId: string, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    "select id from journeys.map_photos where workspace_id = $1 and map_id = $2 and id = any ($3::uuid[]) order by id",
    [workspaceId, mapId, [...ids]],
  );
  return rows.map(({ id }) => id);
};

/** Gives a copied map its own photos under the same ids, so that the two are alike and either may be deleted. */
export const copyPhotos = async (tx: Queryable, workspaceId: string, given: { from: string; to: string; ids: readonly string[] }): Promise<void> => {
  await tx.query(
    `insert into journeys.map_photos (workspace_id, map_id, id, name, content_type, content, member_id, created_at, awaits_stripping)
     select workspace_id, $3, id, name, content_type, content, member_id, created_at, awaits_stripping
     from journeys.map_photos
     where workspace_id = $1 and map_id = $2 and id = any ($4::uuid[])`,
    [workspaceId, given.from, given.to, [...given.ids]],
  );
};

/** How large some photos of a map are, in bytes, by id; those it does not have are left out. */
export const listPhotoSizes = async (db: Queryable, workspaceId: string, mapId: string, ids: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ id: string; sizeBytes: number }>(
    `select id, length(content) as "sizeBytes" from journeys.map_photos where workspace_id = $1 and map_id = $2 and id = any ($3::uuid[]) order by id`,
    [workspaceId, mapId, [...ids]],
  );
  return new Map(rows.map(({ id, sizeBytes }) => [id, sizeBytes]));
};

export type Photo = { name: string; contentType: string; content: Buffer };

export const findPhoto = async (db: Queryable, workspaceId: string, mapId: string, id: string): Promise<Photo | null> => {
  const { rows } = await db.query<Photo>(
    `select name, content_type as "contentType", content from journeys.map_photos where workspace_id = $1 and map_id = $2 and id = $3`,
    [workspaceId, mapId, id],
  );
  return rows[0] ?? null;
};

/** @returns whether the map had room for one more */
export const insertPhoto = async (tx: Queryable, photo: Photo & { workspaceId: string; mapId: string; id: string; memberId: string | null; at: Date }, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into journeys.map_photos (workspace_id, map_id, id, name, content_type, content, member_id, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8
     from journeys.map_photos
     where workspace_id = $1 and map_id = $2
     having count(*) < $9`,
    [photo.workspaceId, photo.mapId, photo.id, photo.name, photo.contentType, photo.content, photo.memberId, photo.at, most],
  );
  return rowCount === 1;
};

export type PhotoPlace = { workspaceId: string; mapId: string; id: string };

/** Photos that still have all that their cameras tell. */
export const listUnstrippedPhotos = async (db: Queryable, limit: number): Promise<PhotoPlace[]> => {
  const { rows } = await db.query<PhotoPlace>(
    `select workspace_id as "workspaceId", map_id as "mapId", id from journeys.map_photos where awaits_stripping order by workspace_id, map_id, id limit $1`,
    [limit],
  );
  return rows;
};

export const putStrippedPhoto = async (db: Queryable, { workspaceId, mapId, id }: PhotoPlace, content: Buffer): Promise<void> => {
  await db.query("update journeys.map_photos set content = $4, awaits_stripping = false where workspace_id = $1 and map_id = $2 and id = $3", [workspaceId, mapId, id, content]);
};
