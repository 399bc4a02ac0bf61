import type { Queryable } from "#platform/db";
import type { ListedCustomer } from "../profiles/customer-list.queries.ts";

export type SeenGroup = { key: string; name: string | null; traits: string; firstAt: Date; at: Date };

/** Adds groups and takes over newer traits, name by name. At most one entry per key. */
export const upsertGroups = async (tx: Queryable, workspaceId: string, groups: readonly SeenGroup[]): Promise<Map<string, number>> => {
  const { rows } = await tx.query<{ id: number; key: string }>(
    `insert into customers.groups (workspace_id, key, name, traits, traits_at, first_seen_at)
     select $1, key, coalesce(name, key), traits, at, first_at
     from unnest($2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[]) as given (key, name, traits, at, first_at)
     on conflict (workspace_id, key) do update
     set name = case when excluded.traits_at >= groups.traits_at and excluded.name <> excluded.key then excluded.name else groups.name end,
       traits = case when excluded.traits_at >= groups.traits_at then groups.traits || excluded.traits else excluded.traits || groups.traits end,
       traits_at = greatest(groups.traits_at, excluded.traits_at),
       first_seen_at = least(groups.first_seen_at, excluded.first_seen_at)
     returning id, key`,
    [
      workspaceId, groups.map((group) => group.key), groups.map((group) => group.name), groups.map((group) => group.traits),
      groups.map((group) => group.at), groups.map((group) => group.firstAt),
    ],
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

export type StoredGroup = { id: number; key: string; name: string; traits: Record<string, unknown>; customers: number; firstSeenAt: Date; lastSeenAt: Date | null };

/** Groups by name; counting members joins at most `limit` groups. */
export const listGroups = async (
  db: Queryable,
  workspaceId: string,
  page: { search: string | null; after: { name: string; id: number } | null; limit: number },
): Promise<StoredGroup[]> => {
  const { rows } = await db.query<StoredGroup>(
    `select ${groupColumns}
     from (
       select id, key, name, traits, first_seen_at
       from customers.groups
       where workspace_id = $1
         and ($2::text is null or name ilike '%' || $2 || '%' or key ilike '%' || $2 || '%')
         and ($3::text is null or (name, id) > ($3, $4))
       order by name, id
       limit $5
     ) found
     ${memberFigures}
     order by found.name, found.id`,
    [workspaceId, page.search?.replace(/[\\%_]/g, "\\$&") ?? null, page.after?.name ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
};

export const findGroup = async (db: Queryable, workspaceId: string, id: number): Promise<StoredGroup | null> => {
  const { rows } = await db.query<StoredGroup>(
    `select ${groupColumns}
     from customers.groups found
     ${memberFigures}
     where found.workspace_id = $1 and found.id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

// A device passed on belongs to whoever had it when the membership was said, not to everybody who ever signed in on it.
const heldThen = "assignment.identifier_id = membership.identifier_id and membership.since >= assignment.valid_from and membership.since < assignment.valid_to";

const groupColumns = `found.id, found.key, found.name, found.traits, found.first_seen_at as "firstSeenAt", figures.customers, figures.last_seen_at as "lastSeenAt"`;

const memberFigures = `cross join lateral (
  select count(distinct assignment.customer_id) as customers, max(activity.last_seen_at) as last_seen_at
  from customers.memberships membership
  join customers.assignments assignment on ${heldThen}
  left join customers.activity activity using (customer_id)
  where membership.group_id = found.id
) figures`;

/** Customers of a group by name, each once however many of their identifiers belong to it. */
export const listCustomersOfGroup = async (
  db: Queryable,
  groupId: number,
  page: { after: { name: string; id: string } | null; limit: number },
): Promise<ListedCustomer[]> => {
  const { rows } = await db.query<ListedCustomer>(
    `select profile.customer_id as id, profile.name, profile.email, profile.is_anonymous as "isAnonymous",
       activity.first_seen_at as "firstSeenAt", activity.last_seen_at as "lastSeenAt", activity.interactions,
       activity.last_score as "lastScore", activity.last_score_kind as "lastScoreKind", activity.last_score_normalised as "lastScoreNormalised",
       activity.last_score_scale_max as "lastScoreScaleMax", activity.last_score_at as "lastScoreAt", profile.sort_name as "sortValue"
     from (
       select distinct assignment.customer_id
       from customers.memberships membership
       join customers.assignments assignment on ${heldThen}
       where membership.group_id = $1
     ) member
     join customers.profiles profile using (customer_id)
     join customers.activity activity using (customer_id)
     where $2::text is null or (profile.sort_name, profile.customer_id) > ($2, $3::uuid)
     order by profile.sort_name, profile.customer_id
     limit $4`,
    [groupId, page.after?.name ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
};

export const listGroupsOfCustomer = async (db: Queryable, customerId: string): Promise<{ id: number; key: string; name: string; traits: Record<string, unknown>; since: Date }[]> => {
  const { rows } = await db.query<{ id: number; key: string; name: string; traits: Record<string, unknown>; since: Date }>(
    `select "group".id, "group".key, "group".name, "group".traits, min(membership.since) as since
     from customers.assignments assignment
     join customers.memberships membership on ${heldThen}
     join customers.groups "group" on "group".id = membership.group_id
     where assignment.customer_id = $1
     group by "group".id
     order by "group".name, "group".id
     limit 100`,
    [customerId],
  );
  return rows;
};
