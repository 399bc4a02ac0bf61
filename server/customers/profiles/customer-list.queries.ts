import type { Queryable } from "#platform/db";
import type { CustomerSort, Who } from "./profiles.contract.ts";

export type ListedCustomer = {
  id: string; name: string; email: string | null; isAnonymous: boolean; firstSeenAt: Date; lastSeenAt: Date; interactions: number;
  lastScore: number | null; lastScoreKind: string | null; lastScoreNormalised: number | null; lastScoreScaleMax: number | null; lastScoreAt: Date | null;
  /** The value sorted by, as the database writes it: a cursor must not lose microseconds. */
  sortValue: string;
};
export type ListPage = { sort: CustomerSort; isDescending: boolean; who: Who; after: { value: string; id: string } | null; limit: number };

const SORTS = {
  name: { table: "profiles", column: "sort_name", type: "text" },
  lastSeen: { table: "activity", column: "last_seen_at", type: "timestamptz" },
  firstSeen: { table: "activity", column: "first_seen_at", type: "timestamptz" },
  interactions: { table: "activity", column: "interactions", type: "bigint" },
  lastScore: { table: "activity", column: "score_order", type: "float8" },
} as const;

const COLUMNS = `profile.customer_id as id, profile.name, profile.email, profile.is_anonymous as "isAnonymous",
  activity.first_seen_at as "firstSeenAt", activity.last_seen_at as "lastSeenAt", activity.interactions,
  activity.last_score as "lastScore", activity.last_score_kind as "lastScoreKind", activity.last_score_normalised as "lastScoreNormalised",
  activity.last_score_scale_max as "lastScoreScaleMax", activity.last_score_at as "lastScoreAt"`;

/** One page of the list by an index of the sort column: known and anonymous customers are two walks of the same index. */
export const listCustomers = async (db: Queryable, workspaceId: string, page: ListPage): Promise<ListedCustomer[]> => {
  const { rows } = await db.query<ListedCustomer>(
    `${selectFrom(walks(page, "$4"), page)}
     limit $4`,
    [workspaceId, page.after?.value ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
};

// A word many customers share is found within the first rows of the sort index; only rare words pay for the search index.
const WALK_ROWS = 5000;

/** One page of the customers whose name, address or identifier contains the text. */
export const searchCustomers = async (db: Queryable, workspaceId: string, text: string, page: ListPage): Promise<ListedCustomer[]> => {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const values = [workspaceId, page.after?.value ?? null, page.after?.id ?? null, page.limit, pattern];
  const walked = await db.query<ListedCustomer>(
    `${selectFrom(walks(page, String(WALK_ROWS)), page, "where profile.search_text like $5")}
     limit $4`,
    values,
  );
  if (walked.rows.length === page.limit || text.length < 3) return walked.rows;
  const sort = SORTS[page.sort];
  const found = await db.query<ListedCustomer>(
    `select ${COLUMNS}, ${singular(sort.table)}.${sort.column}::text as "sortValue"
     from customers.profiles profile
     join customers.activity activity using (customer_id)
     where profile.workspace_id = $1 and profile.search_text like $5 and ${whoCondition(page.who, "profile")}
       and ${afterCondition(page, singular(sort.table))}
     order by ${singular(sort.table)}.${sort.column} ${direction(page)}, profile.customer_id ${direction(page)}
     limit $4`,
    values,
  );
  return found.rows;
};

/** The customer who holds an identifier with exactly this value now, for browsers' ids and the like. */
export const findCustomerByValue = async (db: Queryable, workspaceId: string, value: string): Promise<ListedCustomer | null> => {
  const { rows } = await db.query<ListedCustomer>(
    `select ${COLUMNS}, '' as "sortValue"
     from customers.identifiers identifier
     join customers.assignments assignment on assignment.identifier_id = identifier.id
     join customers.profiles profile using (customer_id)
     join customers.activity activity using (customer_id)
     where identifier.workspace_id = $1 and identifier.kind in ('anonymous', 'user', 'email', 'phone') and identifier.value = $2
     order by assignment.valid_from desc
     limit 1`,
    [workspaceId, value],
  );
  return rows[0] ?? null;
};

const singular = (table: "profiles" | "activity"): string => (table === "profiles" ? "profile" : "activity");
const direction = (page: ListPage): string => (page.isDescending ? "desc" : "asc");

const whoCondition = (who: Who, alias: string): string => (who === "all" ? "true" : `${alias}.is_anonymous = ${who === "anonymous"}`);

// Ascending by score means the worst first; those who never gave one come in the other order only.
const afterCondition = (page: ListPage, alias: string): string => {
  const { column, type } = SORTS[page.sort];
  const comparison = `($2::text is null or (${alias}.${column}, ${alias}.customer_id) ${page.isDescending ? "<" : ">"} ($2::text::${type}, $3::uuid))`;
  return page.sort === "lastScore" && !page.isDescending ? `${alias}.${column} > -2 and ${comparison}` : comparison;
};

const walks = (page: ListPage, limit: string): string => {
  const kinds = page.who === "all" ? [false, true] : [page.who === "anonymous"];
  return kinds.map((isAnonymous) => walk(page, isAnonymous, limit)).join(" union all ");
};

const walk = (page: ListPage, isAnonymous: boolean, limit: string): string => {
  const { table, column } = SORTS[page.sort];
  return `(
    select sorted.customer_id, sorted.${column} as sort_value
    from customers.${table} sorted
    where sorted.workspace_id = $1 and sorted.is_anonymous = ${isAnonymous} and ${afterCondition(page, "sorted")}
    order by sorted.${column} ${direction(page)}, sorted.customer_id ${direction(page)}
    limit ${limit}
  )`;
};

const selectFrom = (inner: string, page: ListPage, condition = ""): string =>
  `select ${COLUMNS}, walked.sort_value::text as "sortValue"
   from (${inner}) walked
   join customers.profiles profile using (customer_id)
   join customers.activity activity using (customer_id)
   ${condition}
   order by walked.sort_value ${direction(page)}, walked.customer_id ${direction(page)}`;
