import type { Queryable } from "#platform/db";

export type Picture = { contentType: string; content: Buffer };

export const findPicture = async (db: Queryable, workspaceId: string, segmentId: string, id: string): Promise<Picture | null> => {
  const { rows } = await db.query<Picture>(
    `select content_type as "contentType", content from customers.segment_pictures where workspace_id = $1 and segment_id = $2 and id = $3`,
    [workspaceId, segmentId, id],
  );
  return rows[0] ?? null;
};

/** Whoever would delete the segment waits until the transaction ends; whoever does already is waited for. */
export const holdSegment = async (tx: Queryable, workspaceId: string, segmentId: string): Promise<void> => {
  await tx.query("select from customers.segments where workspace_id = $1 and id = $2 for key share", [workspaceId, segmentId]);
};

/** Puts a picture in the place of the one before. */
export const putPicture = async (tx: Queryable, picture: Picture & { workspaceId: string; segmentId: string; id: string; at: Date }): Promise<void> => {
  await tx.query(
    `insert into customers.segment_pictures (segment_id, workspace_id, id, content_type, content, created_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (segment_id) do update set id = excluded.id, content_type = excluded.content_type, content = excluded.content, created_at = excluded.created_at`,
    [picture.segmentId, picture.workspaceId, picture.id, picture.contentType, picture.content, picture.at],
  );
};

/** @returns whether there was one */
export const deletePicture = async (tx: Queryable, workspaceId: string, segmentId: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from customers.segment_pictures where workspace_id = $1 and segment_id = $2", [workspaceId, segmentId]);
  return rowCount === 1;
};
