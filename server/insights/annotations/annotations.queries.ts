import type { Queryable } from "#platform/db";

export type AnnotationRow = { id: string; day: string; title: string; createdAt: Date };

type Range = { from: string | null; to: string | null; before: { day: string; id: string } | null; limit: number };

/** Notes with from <= day < to, latest day first, after a place in that order. */
export const listAnnotations = async (db: Queryable, workspaceId: string, { from, to, before, limit }: Range): Promise<AnnotationRow[]> => {
  const { rows } = await db.query<AnnotationRow>(
    `select id, day::text as day, title, created_at as "createdAt"
     from insights.annotations
     where workspace_id = $1
       and ($2::date is null or day >= $2)
       and ($3::date is null or day < $3)
       and ($4::date is null or (day, id) < ($4, $5::uuid))
     order by annotations.day desc, id desc
     limit $6`,
    [workspaceId, from, to, before?.day ?? null, before?.id ?? null, limit],
  );
  return rows;
};

/** Adds a note unless the workspace has so many already.
 *  @returns whether it was added */
export const insertAnnotation = async (tx: Queryable, workspaceId: string, row: AnnotationRow & { createdBy: string | null }, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.annotations (workspace_id, id, day, title, created_by, created_at)
     select $1, $2, $3, $4, $5, $6
     where (select count(*) from insights.annotations where workspace_id = $1) < $7`,
    [workspaceId, row.id, row.day, row.title, row.createdBy, row.createdAt, most],
  );
  return rowCount === 1;
};

/** @returns whether there was one */
export const deleteAnnotation = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from insights.annotations where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};
