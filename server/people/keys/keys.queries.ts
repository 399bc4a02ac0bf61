import type { Queryable } from "#platform/db";

export type KeyRow = {
  id: string;
  workspaceId: string;
  kind: "api" | "write";
  name: string;
  shown: string;
  abilities: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

const COLUMNS = `id, workspace_id as "workspaceId", kind, name, shown, abilities, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

export const insertKey = async (
  tx: Queryable,
  key: { id: string; workspaceId: string; kind: "api" | "write"; name: string; tokenHash: string; shown: string; abilities: readonly string[]; createdBy: string | null },
): Promise<void> => {
  await tx.query(
    `insert into people.keys (id, workspace_id, kind, name, token_hash, shown, abilities, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [key.id, key.workspaceId, key.kind, key.name, key.tokenHash, key.shown, [...key.abilities], key.createdBy],
  );
};

export const listKeys = async (db: Queryable, workspaceId: string): Promise<KeyRow[]> => {
  const { rows } = await db.query<KeyRow>(`select ${COLUMNS} from people.keys where workspace_id = $1 order by created_at desc, id desc limit 500`, [workspaceId]);
  return rows;
};

/** The key with this token while it is not revoked. */
export const findKey = async (db: Queryable, tokenHash: string, kind: "api" | "write"): Promise<KeyRow | null> => {
  const { rows } = await db.query<KeyRow>(`select ${COLUMNS} from people.keys where token_hash = $1 and kind = $2 and revoked_at is null`, [tokenHash, kind]);
  return rows[0] ?? null;
};

export const noteKeyUse = async (db: Queryable, id: string, now: Date): Promise<void> => {
  await db.query("update people.keys set last_used_at = $2 where id = $1", [id, now]);
};

export const revokeKey = async (tx: Queryable, workspaceId: string, id: string, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query("update people.keys set revoked_at = coalesce(revoked_at, $3) where workspace_id = $1 and id = $2", [workspaceId, id, now]);
  return (rowCount ?? 0) > 0;
};
