import type { Queryable } from "#platform/db";

export type AnnotationRow = { id: string; day: string; lastDay: string | null; title: string; createdAt: Date; createdBy: string | null; changedAt: Date | null; changedBy: string | null };

const ANNOTATION = `id, day::text as day, last_day::text as "lastDay", title, created_at as "createdAt", created_by as "createdBy", changed_at as "changedAt", changed_by as "changedBy"`;

type Range = { from: string | null; to: string | null; before: { day: string; id: string } | null; limit: number };

/** Notes of which any day lies in from <= day < to, the one that begins latest first, after a place in that order. */
export const listAnnotations = async (db: Queryable, workspaceId: string, { from, to, before, limit }: Range): Promise<AnnotationRow[]> => {
  const { rows } = await db.query<AnnotationRow>(
    `select ${ANNOTATION}
     from insights.annotations
     where workspace_id = $1 and deleted_at is null
       and ($2::date is null or coalesce(last_day, annotations.day) >= $2)
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
export const insertAnnotation = async (tx: Queryable, workspaceId: string, row: Pick<AnnotationRow, "id" | "day" | "lastDay" | "title" | "createdAt" | "createdBy">, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.annotations (workspace_id, id, day, last_day, title, created_by, created_at)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from insights.annotations where workspace_id = $1 and deleted_at is null) < $8`,
    [workspaceId, row.id, row.day, row.lastDay, row.title, row.createdBy, row.createdAt, most],
  );
  return rowCount === 1;
};

export const findAnnotation = async (db: Queryable, workspaceId: string, id: string): Promise<AnnotationRow | null> => {
  const { rows } = await db.query<AnnotationRow>(`select ${ANNOTATION} from insights.annotations where workspace_id = $1 and id = $2 and deleted_at is null`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** A note that stays as it is until the transaction ends. */
export const lockAnnotation = async (tx: Queryable, workspaceId: string, id: string): Promise<AnnotationRow | null> => {
  const { rows } = await tx.query<AnnotationRow>(`select ${ANNOTATION} from insights.annotations where workspace_id = $1 and id = $2 and deleted_at is null for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const updateAnnotation = async (tx: Queryable, workspaceId: string, row: Pick<AnnotationRow, "id" | "day" | "lastDay" | "title" | "changedAt" | "changedBy">): Promise<void> => {
  await tx.query(
    "update insights.annotations set day = $3, last_day = $4, title = $5, changed_at = $6, changed_by = $7 where workspace_id = $1 and id = $2",
    [workspaceId, row.id, row.day, row.lastDay, row.title, row.changedAt, row.changedBy],
  );
};

/** Takes a note away; it can be brought back until those taken away before a time are forgotten.
 *  @returns whether there was one */
export const deleteAnnotation = async (tx: Queryable, workspaceId: string, id: string, { at, forgottenBefore }: { at: Date; forgottenBefore: Date }): Promise<boolean> => {
  await tx.query("delete from insights.annotations where workspace_id = $1 and deleted_at < $2", [workspaceId, forgottenBefore]);
  const { rowCount } = await tx.query("update insights.annotations set deleted_at = $3 where workspace_id = $1 and id = $2 and deleted_at is null", [workspaceId, id, at]);
  return rowCount === 1;
};

/** Whether a note was taken away since a time; it stays so until the transaction ends. */
export const lockRemoved = async (tx: Queryable, workspaceId: string, id: string, since: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("select from insights.annotations where workspace_id = $1 and id = $2 and deleted_at >= $3 for update", [workspaceId, id, since]);
  return rowCount === 1;
};

/** @returns whether there was room for it */
export const restoreAnnotation = async (tx: Queryable, workspaceId: string, id: string, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update insights.annotations set deleted_at = null
     where workspace_id = $1 and id = $2 and (select count(*) from insights.annotations where workspace_id = $1 and deleted_at is null) < $3`,
    [workspaceId, id, most],
  );
  return rowCount === 1;
};
