import type { Queryable } from "#platform/db";

export type StoredSettings = { blockedValues: string[]; perKind: Record<string, number>; priority: string[] | null };

export const findIdentitySettings = async (db: Queryable, workspaceId: string): Promise<StoredSettings | null> => {
  const { rows } = await db.query<StoredSettings>(
    `select blocked_values as "blockedValues", per_kind as "perKind", priority from customers.identity_settings where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
};

/** Writes the settings; a priority that is not given stays as it is. */
export const saveIdentitySettings = async (
  tx: Queryable,
  workspaceId: string,
  settings: { blockedValues: readonly string[]; perKind: Record<string, number>; priority: readonly string[] | null },
): Promise<void> => {
  await tx.query(
    `insert into customers.identity_settings (workspace_id, blocked_values, per_kind, priority)
     values ($1, $2, $3, $4)
     on conflict (workspace_id) do update
     set blocked_values = excluded.blocked_values, per_kind = excluded.per_kind, priority = coalesce(excluded.priority, identity_settings.priority), changed_at = now()`,
    [workspaceId, settings.blockedValues, JSON.stringify(settings.perKind), settings.priority],
  );
};

/** Identifiers with one of these values, whatever their kind and case. */
export const listIdentifiersOfValues = async (db: Queryable, workspaceId: string, values: readonly string[]): Promise<number[]> => {
  const { rows } = await db.query<{ id: number }>("select id from customers.identifiers where workspace_id = $1 and lower(value) = any ($2::text[]) limit 10000", [
    workspaceId,
    values.map((value) => value.trim().toLowerCase()),
  ]);
  return rows.map((row) => row.id);
};
