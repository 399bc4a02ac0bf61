import type { Queryable } from "#platform/db";

/** Puts identifiers on a list. An identifier that is there already stays as it was.
 *  @returns how many were new */
export const insertEntries = async (
  tx: Queryable,
  list: { workspaceId: string; segmentId: string; at: Date; memberId: string | null },
  identifiers: readonly { kind: string; value: string; id: number | null }[],
): Promise<number> => {
  if (identifiers.length === 0) return 0;
  const { rows: [counted] } = await tx.query<{ added: number }>(
    `with added as (
       insert into customers.list_entries (workspace_id, segment_id, kind, value, identifier_id, added_at, added_by_id)
       select distinct on (kind, value) $1::uuid, $2::uuid, kind, value, identifier_id, $6::timestamptz, $7::uuid
       from unnest($3::text[], $4::text[], $5::bigint[]) as given (kind, value, identifier_id)
       on conflict (segment_id, kind, value) do nothing
       returning segment_id
     ), revised as (
       ${revise("added")}
     )
     select count(*)::int as added from added`,
    [list.workspaceId, list.segmentId, identifiers.map((one) => one.kind), identifiers.map((one) => one.value), identifiers.map((one) => one.id), list.at, list.memberId],
  );
  return counted?.added ?? 0;
};

/** A statement: other entries stand on the lists of these rows than before. */
const revise = (rows: string): string =>
  `update customers.segments set entries_revision = entries_revision + 1 where id in (select segment_id from ${rows})`;

/** Connects entries with identifiers that became known since they were added. */
export const connectEntries = async (db: Queryable, workspaceId: string): Promise<void> => {
  await db.query(
    `with connected as (
       update customers.list_entries entry
       set identifier_id = identifier.id
       from customers.segments segment, customers.identifiers identifier
       where segment.workspace_id = $1 and entry.segment_id = segment.id and entry.identifier_id is null
         and identifier.workspace_id = $1 and identifier.kind = entry.kind and identifier.value = entry.value
       returning entry.segment_id
     )
     ${revise("connected")}`,
    [workspaceId],
  );
};

/** Takes customers off a list, by whatever identifier they are on it. */
export const deleteEntriesOf = async (tx: Queryable, segmentId: string, customerIds: readonly string[]): Promise<number> => {
  const { rows } = await tx.query<{ customerId: string }>(
    `with gone as (
       delete from customers.list_entries entry
       using customers.assignments assignment
       where entry.segment_id = $1 and assignment.identifier_id = entry.identifier_id and assignment.customer_id = any ($2::uuid[])
       returning assignment.customer_id, entry.segment_id
     ), revised as (
       ${revise("gone")}
     )
     select distinct customer_id as "customerId" from gone`,
    [segmentId, customerIds],
  );
  return rows.length;
};

/** What lists say of an erased person goes, also where nobody was known by it yet. */
export const forgetEntries = async (tx: Queryable, workspaceId: string, identifiers: readonly { kind: string; value: string }[]): Promise<void> => {
  await tx.query(
    `with gone as (
       delete from customers.list_entries entry
       using unnest($2::text[], $3::text[]) as given (kind, value)
       where entry.workspace_id = $1 and entry.kind = given.kind and entry.value = given.value
       returning entry.segment_id
     )
     ${revise("gone")}`,
    [workspaceId, identifiers.map((one) => one.kind), identifiers.map((one) => one.value)],
  );
};

/** The strongest open identifier of each customer, under which an entry follows merges; customers of other workspaces are left out. */
export const listStrongestOf = async (db: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<{ customerId: string; id: number; kind: string; value: string }[]> => {
  const { rows } = await db.query<{ customerId: string; id: number; kind: string; value: string }>(
    `select distinct on (assignment.customer_id) assignment.customer_id as "customerId", identifier.id, identifier.kind, identifier.value
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = any ($2::uuid[]) and identifier.workspace_id = $1 and not identifier.is_blocked and assignment.valid_to = 'infinity'
     order by assignment.customer_id,
       case when identifier.kind = 'user' then 5 when identifier.kind like 'external%' then 4 when identifier.kind = 'email' then 3 when identifier.kind = 'phone' then 2 else 1 end desc,
       identifier.id`,
    [workspaceId, customerIds],
  );
  return rows;
};

/** The contact lists a customer is on, and since when. */
export const listListsOf = async (db: Queryable, workspaceId: string, customerId: string): Promise<{ name: string; addedAt: Date }[]> => {
  const { rows } = await db.query<{ name: string; addedAt: Date }>(
    `select segment.name, min(entry.added_at) as "addedAt"
     from customers.assignments assignment
     join customers.list_entries entry on entry.identifier_id = assignment.identifier_id
     join customers.segments segment on segment.id = entry.segment_id
     where assignment.customer_id = $2 and segment.workspace_id = $1
     group by segment.id
     order by segment.name, segment.id
     limit 1000`,
    [workspaceId, customerId],
  );
  return rows;
};
