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

/** Whether anybody of the workspace was erased after a time; cheap, and nearly always no. */
export const hasErasuresSince = async (tx: Queryable, workspaceId: string, since: Date): Promise<boolean> => {
  const { rows } = await tx.query<{ isSo: boolean }>(
    `select exists (select 1 from customers.erased_identifiers where workspace_id = $1 and erased_at >= $2) as "isSo"`,
    [workspaceId, since],
  );
  return rows[0]?.isSo === true;
};

/** Which of these hashes of identifiers belong to people erased at or after a time. */
export const listErasedSince = async (tx: Queryable, workspaceId: string, given: { since: Date; hashes: readonly string[] }): Promise<Set<string>> => {
  const { rows } = await tx.query<{ hash: string }>(
    "select hash from customers.erased_identifiers where workspace_id = $1 and hash = any ($2::text[]) and erased_at >= $3",
    [workspaceId, given.hashes, given.since],
  );
  return new Set(rows.map((row) => row.hash));
};

const erasureLock = "hashtext('customers.erasures'), hashtext($1)";

/** Until the transaction ends nobody of the workspace is erased, so that what it checked about erased people stays true. */
export const holdErasuresOff = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock_shared(${erasureLock})`, [workspaceId]);
};

/** Begins an erasure: waits for transactions that hold erasures off, and lets no new one begin. */
export const lockErasures = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(${erasureLock})`, [workspaceId]);
};
