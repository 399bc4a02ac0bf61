import type { Queryable } from "#platform/db";
import type { ListedCustomer } from "./customer-list.queries.ts";

export type FoundCustomer = Omit<ListedCustomer, "sortValue">;

/** The customer by id, following merges. Null when this workspace has none of that id. */
export const findCustomer = async (db: Queryable, workspaceId: string, customerId: string): Promise<FoundCustomer | null> => {
  const { rows } = await db.query<FoundCustomer>(
    `with recursive chain as (
       select id, merged_into_id, 1 as step from customers.customers where workspace_id = $1 and id = $2
       union all
       select next.id, next.merged_into_id, chain.step + 1
       from chain
       join customers.customers next on next.id = chain.merged_into_id
       where chain.step < 50
     )
     select profile.customer_id as id, profile.name, profile.email, profile.is_anonymous as "isAnonymous",
       activity.first_seen_at as "firstSeenAt", activity.last_seen_at as "lastSeenAt", activity.interactions,
       activity.last_score as "lastScore", activity.last_score_kind as "lastScoreKind", activity.last_score_normalised as "lastScoreNormalised",
       activity.last_score_scale_max as "lastScoreScaleMax", activity.last_score_at as "lastScoreAt"
     from chain
     join customers.profiles profile on profile.customer_id = chain.id
     join customers.activity activity on activity.customer_id = chain.id
     order by chain.step desc
     limit 1`,
    [workspaceId, customerId],
  );
  return rows[0] ?? null;
};

export type SpanOfCustomer = {
  identifierId: number; kind: string; value: string; isBlocked: boolean; firstSeenAt: Date; from: Date | null; to: Date | null; interactions: number;
};

const SPANS_SHOWN_MAX = 1000;

/** What the customer is known by, each with the time it was theirs (null: open); nothing for a customer of another workspace.
 *  @param limit enough to look at; erasing takes all */
export const listSpansOfCustomer = async (db: Queryable, workspaceId: string, customerId: string, limit: number = SPANS_SHOWN_MAX): Promise<SpanOfCustomer[]> => {
  const { rows } = await db.query<SpanOfCustomer>(
    `select identifier.id as "identifierId", identifier.kind, identifier.value, identifier.is_blocked as "isBlocked", identifier.first_seen_at as "firstSeenAt",
       case when isfinite(assignment.valid_from) then assignment.valid_from end as "from",
       case when isfinite(assignment.valid_to) then assignment.valid_to end as "to",
       assignment.interactions
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = $2 and identifier.workspace_id = $1
     order by identifier.id, assignment.valid_from
     limit $3`,
    [workspaceId, customerId, limit],
  );
  return rows;
};

/** Ids may come from elsewhere than the records of the workspace: customers of others are left out. */
export const listNamesOfCustomers = async (db: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<{ id: string; name: string; email: string | null; interactions: number }[]> => {
  const { rows } = await db.query<{ id: string; name: string; email: string | null; interactions: number }>(
    `select profile.customer_id as id, profile.name, profile.email, activity.interactions
     from customers.profiles profile
     join customers.activity activity using (customer_id)
     where profile.workspace_id = $1 and profile.customer_id = any ($2::uuid[])`,
    [workspaceId, customerIds],
  );
  return rows;
};
