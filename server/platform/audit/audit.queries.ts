import type { Queryable } from "../db/db.api.ts";

export const insertAuditEntry = async (
  tx: Queryable,
  entry: { id: string; workspaceId: string; actorKind: string; actorId: string | null; action: string; subject: string; details: Record<string, unknown> },
): Promise<void> => {
  await tx.query(
    `insert into platform.audit_entries (id, workspace_id, actor_kind, actor_id, action, subject, details)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [entry.id, entry.workspaceId, entry.actorKind, entry.actorId, entry.action, entry.subject, JSON.stringify(entry.details)],
  );
};

export type AuditRow = { id: string; at: Date; actorKind: string; actorId: string | null; action: string; subject: string; details: Record<string, unknown> };

export const listAuditEntries = async (
  db: Queryable,
  workspaceId: string,
  page: { before: { at: string; id: string } | null; limit: number },
): Promise<AuditRow[]> => {
  const { rows } = await db.query<AuditRow>(
    `select id, at, actor_kind as "actorKind", actor_id as "actorId", action, subject, details
     from platform.audit_entries
     where workspace_id = $1 and ($2::timestamptz is null or (at, id) < ($2::timestamptz, $3::uuid))
     order by at desc, id desc
     limit $4`,
    [workspaceId, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
};
