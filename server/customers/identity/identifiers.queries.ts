import type { Queryable } from "#platform/db";
import type { Identifier } from "./identifiers.rules.ts";

export type StoredIdentifier = { id: number; workspaceId: string; kind: string; value: string; isBlocked: boolean; isNew: boolean };
export type SeenIdentifier = Identifier & { workspaceId: string; firstSeenAt: Date };

/** Finds the given identifiers and adds those that are missing, in one round trip. */
export const ensureIdentifiers = async (tx: Queryable, given: readonly SeenIdentifier[]): Promise<StoredIdentifier[]> => {
  if (given.length === 0) return [];
  const { rows } = await tx.query<StoredIdentifier>(
    `with given as (
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as given (workspace_id, kind, value, first_seen_at)
     ), known as (
       select identifier.id, identifier.workspace_id, identifier.kind, identifier.value, identifier.is_blocked
       from given
       join customers.identifiers identifier using (workspace_id, kind, value)
     ), added as (
       insert into customers.identifiers (workspace_id, kind, value, first_seen_at)
       select workspace_id, kind, value, first_seen_at
       from given
       where not exists (select 1 from known where (known.workspace_id, known.kind, known.value) = (given.workspace_id, given.kind, given.value))
       on conflict (workspace_id, kind, value) do update set first_seen_at = customers.identifiers.first_seen_at
       returning id, workspace_id, kind, value, is_blocked
     )
     select id, workspace_id as "workspaceId", kind, value, is_blocked as "isBlocked", false as "isNew" from known
     union all
     select id, workspace_id, kind, value, is_blocked, true from added`,
    [given.map((one) => one.workspaceId), given.map((one) => one.kind), given.map((one) => one.value), given.map((one) => one.firstSeenAt)],
  );
  return rows;
};

export const findIdentifiers = async (
  db: Queryable,
  wanted: readonly (Identifier & { workspaceId: string })[],
): Promise<Omit<StoredIdentifier, "isNew">[]> => {
  const { rows } = await db.query<Omit<StoredIdentifier, "isNew">>(
    `select identifier.id, workspace_id as "workspaceId", kind, value, is_blocked as "isBlocked"
     from unnest($1::uuid[], $2::text[], $3::text[]) as given (workspace_id, kind, value)
     join customers.identifiers identifier using (workspace_id, kind, value)`,
    [wanted.map((one) => one.workspaceId), wanted.map((one) => one.kind), wanted.map((one) => one.value)],
  );
  return rows;
};

export const setBlocked = async (tx: Queryable, identifierIds: readonly number[], isBlocked: boolean): Promise<void> => {
  await tx.query("update customers.identifiers set is_blocked = $2 where id = any ($1::bigint[])", [identifierIds, isBlocked]);
};

export const setHomes = async (tx: Queryable, homes: readonly { identifierId: number; home: string | null }[]): Promise<void> => {
  if (homes.length === 0) return;
  await tx.query(
    `update customers.identifiers identifier
     set home_customer_id = given.home
     from unnest($1::bigint[], $2::uuid[]) as given (id, home)
     where identifier.id = given.id`,
    [homes.map((one) => one.identifierId), homes.map((one) => one.home)],
  );
};

/** Notes for the analytics copy that rows of these identifiers belong to somebody else now. */
export const noteIdentityChanges = async (tx: Queryable, workspaceId: string, identifierIds: readonly number[]): Promise<void> => {
  if (identifierIds.length === 0) return;
  await tx.query("insert into customers.identity_changes (workspace_id, identifier_id) select $1, unnest($2::bigint[])", [workspaceId, identifierIds]);
};

/** Notes for the analytics copy that other segments may hold these customers now, though no row about them came in. */
export const noteCustomerChanges = async (tx: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<void> => {
  if (customerIds.length === 0) return;
  await tx.query("insert into customers.customer_changes (workspace_id, customer_id) select $1, unnest($2::uuid[])", [workspaceId, [...new Set(customerIds)]]);
};
