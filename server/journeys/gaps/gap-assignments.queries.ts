import type { Queryable } from "#platform/db";
import type { ChangeGapBody, GapAssignment } from "./gaps.contract.ts";

export type AssignmentRow = Omit<GapAssignment, "ownerName" | "createdAt" | "changedAt"> & { createdAt: Date; changedAt: Date };

const COLUMNS = `id, key, kind, is_of_one_member as "isOfOneMember", touchpoint, title, note, figures, owner_id as "ownerId", to_char(due_on, 'YYYY-MM-DD') as "dueOn", status, created_at as "createdAt", changed_at as "changedAt"`;

/** Gaps somebody took on: what is not done first, by when it is due. */
export const listAssignments = async (db: Queryable, workspaceId: string, limit: number): Promise<AssignmentRow[]> => {
  const { rows } = await db.query<AssignmentRow>(
    `select ${COLUMNS}
     from journeys.gap_assignments
     where workspace_id = $1
     order by status = 'done', due_on nulls last, changed_at desc, id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

export const findAssignment = async (db: Queryable, workspaceId: string, id: string): Promise<AssignmentRow | null> => {
  const { rows } = await db.query<AssignmentRow>(`select ${COLUMNS} from journeys.gap_assignments where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** One that nobody else can change until the transaction ends. */
export const lockAssignment = async (tx: Queryable, workspaceId: string, id: string): Promise<AssignmentRow | null> => {
  const { rows } = await tx.query<AssignmentRow>(`select ${COLUMNS} from journeys.gap_assignments where workspace_id = $1 and id = $2 for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Lets nobody else take a gap of the workspace on until the transaction ends, so that they are counted right. */
export const lockAssignments = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('journeys.gap_assignments ' || $1, 0))", [workspaceId]);
};

/** @returns "taken" when somebody took the same gap on before, "full" when there is no room for one more */
export const insertAssignment = async (tx: Queryable, workspaceId: string, row: AssignmentRow, most: number): Promise<"added" | "taken" | "full"> => {
  const { rowCount: taken } = await tx.query("select from journeys.gap_assignments where workspace_id = $1 and md5(key) = md5($2)", [workspaceId, row.key]);
  if ((taken ?? 0) > 0) return "taken";
  const { rows } = await tx.query<{ count: number }>("select count(*) as count from journeys.gap_assignments where workspace_id = $1", [workspaceId]);
  if (Number(rows[0]?.count ?? 0) >= most) return "full";
  const { rowCount } = await tx.query(
    `insert into journeys.gap_assignments (workspace_id, id, key, kind, is_of_one_member, touchpoint, title, note, figures, owner_id, due_on, status, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict do nothing`,
    [workspaceId, row.id, row.key, row.kind, row.isOfOneMember, row.touchpoint, row.title, row.note, JSON.stringify(row.figures), row.ownerId, row.dueOn, row.status, row.createdAt, row.changedAt],
  );
  return rowCount === 1 ? "added" : "taken";
};

export const updateAssignment = async (tx: Queryable, workspaceId: string, row: AssignmentRow): Promise<void> => {
  await tx.query(
    `update journeys.gap_assignments
     set title = $3, note = $4, owner_id = $5, due_on = $6, status = $7, changed_at = $8
     where workspace_id = $1 and id = $2`,
    [workspaceId, row.id, row.title, row.note, row.ownerId, row.dueOn, row.status, row.changedAt],
  );
};

export const deleteAssignment = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from journeys.gap_assignments where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

export type ChangeRow = { id: string; at: Date; memberId: string | null; changes: ChangeGapBody };

export const insertChange = async (tx: Queryable, workspaceId: string, assignmentId: string, change: ChangeRow): Promise<void> => {
  await tx.query(
    "insert into journeys.gap_assignment_changes (workspace_id, id, assignment_id, changes, member_id, at) values ($1, $2, $3, $4, $5, $6)",
    [workspaceId, change.id, assignmentId, JSON.stringify(change.changes), change.memberId, change.at],
  );
};

/** Changes of one, the latest first. */
export const listChanges = async (db: Queryable, workspaceId: string, assignmentId: string, limit: number): Promise<ChangeRow[]> => {
  const { rows } = await db.query<ChangeRow>(
    `select id, at, member_id as "memberId", changes
     from journeys.gap_assignment_changes
     where workspace_id = $1 and assignment_id = $2
     order by at desc, id desc
     limit $3`,
    [workspaceId, assignmentId, limit],
  );
  return rows;
};
