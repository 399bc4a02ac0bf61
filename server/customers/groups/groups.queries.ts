import type { Queryable } from "#platform/db";

export type SeenGroup = { key: string; name: string | null; traits: string; at: Date };

/** Adds groups and takes over newer traits, name by name. At most one entry per key. */
export const upsertGroups = async (tx: Queryable, workspaceId: string, groups: readonly SeenGroup[]): Promise<Map<string, number>> => {
  const { rows } = await tx.query<{ id: number; key: string }>(
    `insert into customers.groups (workspace_id, key, name, traits, traits_at, first_seen_at)
     select $1, key, coalesce(name, key), traits, at, at
     from unnest($2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) as given (key, name, traits, at)
     on conflict (workspace_id, key) do update
     set name = case when excluded.traits_at >= groups.traits_at and excluded.name <> excluded.key then excluded.name else groups.name end,
       traits = case when excluded.traits_at >= groups.traits_at then groups.traits || excluded.traits else excluded.traits || groups.traits end,
       traits_at = greatest(groups.traits_at, excluded.traits_at)
     returning id, key`,
    [workspaceId, groups.map((group) => group.key), groups.map((group) => group.name), groups.map((group) => group.traits), groups.map((group) => group.at)],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
};

export const insertMemberships = async (tx: Queryable, memberships: readonly { groupId: number; identifierId: number; since: Date }[]): Promise<void> => {
  if (memberships.length === 0) return;
  await tx.query(
    `insert into customers.memberships (group_id, identifier_id, since)
     select group_id, identifier_id, min(since)
     from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as given (group_id, identifier_id, since)
     group by 1, 2
     on conflict (group_id, identifier_id) do update
     set since = least(memberships.since, excluded.since)
     where excluded.since < memberships.since`,
    [memberships.map((one) => one.groupId), memberships.map((one) => one.identifierId), memberships.map((one) => one.since)],
  );
};

export type GroupRow = { id: number; key: string; name: string; traits: Record<string, unknown>; customers: number; firstSeenAt: Date };

/** Groups by name; counting members joins at most `limit` groups. */
export const listGroups = async (
  db: Queryable,
  workspaceId: string,
  page: { search: string | null; after: { name: string; id: number } | null; limit: number },
): Promise<GroupRow[]> => {
  const { rows } = await db.query<GroupRow>(
    `select found.id, found.key, found.name, found.traits, found.first_seen_at as "firstSeenAt",
       (select count(distinct assignment.customer_id)
        from customers.memberships membership
        join customers.assignments assignment on assignment.identifier_id = membership.identifier_id
        where membership.group_id = found.id) as customers
     from (
       select id, key, name, traits, first_seen_at
       from customers.groups
       where workspace_id = $1
         and ($2::text is null or name ilike '%' || $2 || '%' or key ilike '%' || $2 || '%')
         and ($3::text is null or (name, id) > ($3, $4))
       order by name, id
       limit $5
     ) found
     order by found.name, found.id`,
    [workspaceId, page.search?.replace(/[\\%_]/g, "\\$&") ?? null, page.after?.name ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
};

export const listGroupsOfCustomer = async (db: Queryable, customerId: string): Promise<{ id: number; key: string; name: string; traits: Record<string, unknown>; since: Date }[]> => {
  const { rows } = await db.query<{ id: number; key: string; name: string; traits: Record<string, unknown>; since: Date }>(
    `select "group".id, "group".key, "group".name, "group".traits, min(membership.since) as since
     from customers.assignments assignment
     join customers.memberships membership on membership.identifier_id = assignment.identifier_id
     join customers.groups "group" on "group".id = membership.group_id
     where assignment.customer_id = $1
     group by "group".id
     order by "group".name, "group".id
     limit 100`,
    [customerId],
  );
  return rows;
};
