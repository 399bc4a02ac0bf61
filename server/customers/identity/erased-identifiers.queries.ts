import type { Queryable } from "#platform/db";

/** Which of these facts belonged to erased people, so that nothing that comes with them is written again. */
export const listTombstones = async (tx: Queryable, workspaceId: string, interactionIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await tx.query<{ id: string }>(
    "select interaction_id as id from customers.tombstones where workspace_id = $1 and interaction_id = any ($2::uuid[])",
    [workspaceId, interactionIds],
  );
  return new Set(rows.map((row) => row.id));
};

export const insertErasedIdentifiers = async (tx: Queryable, workspaceId: string, erased: { hashes: readonly string[]; at: Date }): Promise<void> => {
  await tx.query(
    `insert into customers.erased_identifiers (workspace_id, hash, erased_at)
     select distinct $1::uuid, hash, $3::timestamptz from unnest($2::text[]) hash
     on conflict (workspace_id, hash) do update set erased_at = excluded.erased_at`,
    [workspaceId, erased.hashes, erased.at],
  );
};

export const findErasedIdentifier = async (db: Queryable, workspaceId: string, hash: string): Promise<Date | null> => {
  const { rows } = await db.query<{ erasedAt: Date }>(
    `select erased_at as "erasedAt" from customers.erased_identifiers where workspace_id = $1 and hash = $2`,
    [workspaceId, hash],
  );
  return rows[0]?.erasedAt ?? null;
};
