import type { Queryable } from "#platform/db";

export type ShownClaim = {
  id: number; rule: string; status: string; reason: string | null; decision: string | null; seenAt: Date; lastSeenAt: Date; interactionId: string | null;
  decidedById: string | null; decidedAt: Date | null;
  strongId: number; strongKind: string; strongValue: string; strongCustomerId: string | null; strongName: string | null;
  weakId: number; weakKind: string; weakValue: string; weakCustomerId: string | null; weakName: string | null;
};

const COLUMNS = `claim.id, claim.rule, claim.status, claim.reason, claim.decision, claim.seen_at as "seenAt", claim.last_seen_at as "lastSeenAt",
  claim.interaction_id as "interactionId", claim.decided_by_id as "decidedById", claim.decided_at as "decidedAt",
  strong.id as "strongId", strong.kind as "strongKind", strong.value as "strongValue", strong_now.customer_id as "strongCustomerId", strong_profile.name as "strongName",
  weak.id as "weakId", weak.kind as "weakKind", weak.value as "weakValue", weak_now.customer_id as "weakCustomerId", weak_profile.name as "weakName"`;

const JOINS = `join customers.identifiers strong on strong.id = claim.strong_identifier_id
  join customers.identifiers weak on weak.id = claim.weak_identifier_id
  left join customers.assignments strong_now on strong_now.identifier_id = strong.id and strong_now.valid_to = 'infinity'
  left join customers.assignments weak_now on weak_now.identifier_id = weak.id and weak_now.valid_to = 'infinity'
  left join customers.profiles strong_profile on strong_profile.customer_id = strong_now.customer_id
  left join customers.profiles weak_profile on weak_profile.customer_id = weak_now.customer_id`;

/** Every claim that touches an identifier of the customer, the newest first. */
export const listClaimsOfCustomer = async (db: Queryable, workspaceId: string, customerId: string): Promise<ShownClaim[]> => {
  const { rows } = await db.query<ShownClaim>(
    `with own as (
       select distinct identifier_id as id from customers.assignments where customer_id = $2
     ), touching as (
       select claim.id from customers.claims claim join own on own.id = claim.strong_identifier_id
       union
       select claim.id from customers.claims claim join own on own.id = claim.weak_identifier_id
     )
     select ${COLUMNS}
     from touching
     join customers.claims claim on claim.id = touching.id and claim.workspace_id = $1
     ${JOINS}
     order by claim.seen_at desc, claim.id desc
     limit 500`,
    [workspaceId, customerId],
  );
  return rows;
};

/** Links of two people that wait for a person's word, the newest first. */
export const listSuggestions = async (
  db: Queryable,
  workspaceId: string,
  page: { before: { at: string; id: number } | null; limit: number },
): Promise<(ShownClaim & { sortAt: string })[]> => {
  const { rows } = await db.query<ShownClaim & { sortAt: string }>(
    `select ${COLUMNS}, claim.recorded_at::text as "sortAt"
     from customers.claims claim
     ${JOINS}
     where claim.workspace_id = $1 and claim.status = 'proposed'
       and ($2::timestamptz is null or (claim.recorded_at, claim.id) < ($2::timestamptz, $3::bigint))
     order by claim.recorded_at desc, claim.id desc
     limit $4`,
    [workspaceId, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
};
