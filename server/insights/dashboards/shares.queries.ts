import type { Queryable } from "#platform/db";

export type ShareRow = {
  workspaceId: string; id: string; dashboardId: string; name: string; passwordHash: string | null; expiresAt: Date | null; period: unknown; filters: unknown;
  isFilterable: boolean; choosable: string[]; showsComments: boolean; isForPrinting: boolean; createdAt: Date; createdBy: string | null; revokedAt: Date | null; openedCount: number; lastOpenedAt: Date | null;
};

const COLUMNS = `share.workspace_id as "workspaceId", share.id, share.dashboard_id as "dashboardId", share.name, share.password_hash as "passwordHash", share.expires_at as "expiresAt",
  share.period, share.filters, share.is_filterable as "isFilterable", share.choosable, share.shows_comments as "showsComments", share.is_for_printing as "isForPrinting", share.created_at as "createdAt", share.created_by as "createdBy",
  share.revoked_at as "revokedAt", share.opened_count as "openedCount", share.last_opened_at as "lastOpenedAt"`;

export const listShares = async (db: Queryable, workspaceId: string, dashboardId: string, limit: number): Promise<ShareRow[]> => {
  const { rows } = await db.query<ShareRow>(
    `select ${COLUMNS}
     from insights.dashboard_shares share
     where share.workspace_id = $1 and share.dashboard_id = $2 and not share.is_for_printing
     order by share.created_at desc, share.id
     limit $3`,
    [workspaceId, dashboardId, limit],
  );
  return rows;
};

type NewShare = Omit<ShareRow, "revokedAt" | "openedCount" | "lastOpenedAt"> & { secretHash: string };

/** @returns whether the board had room for one more link */
export const insertShare = async (tx: Queryable, row: NewShare, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.dashboard_shares
       (workspace_id, id, dashboard_id, name, secret_hash, password_hash, expires_at, period, filters, is_filterable, shows_comments, is_for_printing, created_at, created_by, choosable)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $16::text[]
     where (select count(*) from insights.dashboard_shares where workspace_id = $1 and dashboard_id = $3 and revoked_at is null and not is_for_printing) < $15`,
    [
      row.workspaceId, row.id, row.dashboardId, row.name, row.secretHash, row.passwordHash, row.expiresAt, JSON.stringify(row.period), JSON.stringify(row.filters), row.isFilterable,
      row.showsComments, row.isForPrinting, row.createdAt, row.createdBy, most, row.choosable,
    ],
  );
  return rowCount === 1;
};

/** The link with this secret, unless it was taken back, has expired, or its board is deleted. */
export const findLivingShare = async (db: Queryable, secretHash: string, now: Date): Promise<ShareRow | null> => {
  const { rows } = await db.query<ShareRow>(
    `select ${COLUMNS}
     from insights.dashboard_shares share
     join insights.dashboards board on board.workspace_id = share.workspace_id and board.id = share.dashboard_id and board.deleted_at is null
     where share.secret_hash = $1 and share.revoked_at is null and (share.expires_at is null or share.expires_at > $2)`,
    [secretHash, now],
  );
  return rows[0] ?? null;
};

/** The board a link shows and who made it; null when there is no such link, or it was taken back. */
export const findStandingShare = async (db: Queryable, workspaceId: string, id: string): Promise<Pick<ShareRow, "dashboardId" | "createdBy"> | null> => {
  const { rows } = await db.query<Pick<ShareRow, "dashboardId" | "createdBy">>(
    `select dashboard_id as "dashboardId", created_by as "createdBy" from insights.dashboard_shares where workspace_id = $1 and id = $2 and revoked_at is null`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** @returns false when it was taken back before */
export const revokeShare = async (tx: Queryable, workspaceId: string, id: string, at: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("update insights.dashboard_shares set revoked_at = $3 where workspace_id = $1 and id = $2 and revoked_at is null", [workspaceId, id, at]);
  return rowCount === 1;
};

export const noteOpening = async (db: Queryable, workspaceId: string, id: string, at: Date): Promise<void> => {
  await db.query("update insights.dashboard_shares set opened_count = opened_count + 1, last_opened_at = $3 where workspace_id = $1 and id = $2", [workspaceId, id, at]);
};

export const deleteShare = async (db: Queryable, workspaceId: string, id: string): Promise<void> => {
  await db.query("delete from insights.dashboard_shares where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** Links for printing whose server died before it took them away. */
export const deleteForgottenPrints = async (db: Queryable, expiredBefore: Date): Promise<void> => {
  await db.query("delete from insights.dashboard_shares where is_for_printing and expires_at < $1", [expiredBefore]);
};
