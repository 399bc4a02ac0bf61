import type { Queryable } from "#platform/db";
import type { ClaimStatus, Decision } from "./components.rules.ts";

/** One claim as stored; times in ms. */
export type StoredClaim = {
  id: number; strong: number; weak: number; rule: string; seenAt: number; lastSeenAt: number;
  interactionId: string | null; status: ClaimStatus; reason: string | null; decision: Decision | null;
};
export type ClaimWrite = Omit<StoredClaim, "status" | "reason"> & { workspaceId: string };

export const CLAIM_COLUMNS = `claim.id, claim.strong_identifier_id as strong, claim.weak_identifier_id as weak, claim.rule,
  (extract(epoch from claim.seen_at) * 1000)::float8 as "seenAt", (extract(epoch from claim.last_seen_at) * 1000)::float8 as "lastSeenAt",
  claim.interaction_id as "interactionId", claim.status, claim.reason, claim.decision`;

/** All claims between the given pairs, and all claims on the given devices (their runs are decided together). */
export const listClaimsOf = async (
  tx: Queryable,
  pairs: readonly { strong: number; weak: number }[],
  devices: readonly number[],
): Promise<(StoredClaim & { strongKind: string | null })[]> => {
  const { rows } = await tx.query<StoredClaim & { strongKind: string | null }>(
    `select ${CLAIM_COLUMNS}, null as "strongKind"
     from unnest($1::bigint[], $2::bigint[]) as given (strong, weak)
     join customers.claims claim on claim.strong_identifier_id = given.strong and claim.weak_identifier_id = given.weak
     union all
     select ${CLAIM_COLUMNS}, strong.kind
     from customers.claims claim
     join customers.identifiers strong on strong.id = claim.strong_identifier_id
     where claim.weak_identifier_id = any ($3::bigint[])`,
    [pairs.map((pair) => pair.strong), pairs.map((pair) => pair.weak), devices],
  );
  return rows;
};

export const insertClaims = async (tx: Queryable, claims: readonly ClaimWrite[]): Promise<void> => {
  if (claims.length === 0) return;
  await tx.query(
    `insert into customers.claims (workspace_id, strong_identifier_id, weak_identifier_id, rule, seen_at, last_seen_at, interaction_id, decision, status)
     select given.*, 'refused'
     from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::uuid[], $8::text[]) given`,
    [
      claims.map((claim) => claim.workspaceId), claims.map((claim) => claim.strong), claims.map((claim) => claim.weak), claims.map((claim) => claim.rule),
      claims.map((claim) => new Date(claim.seenAt)), claims.map((claim) => new Date(claim.lastSeenAt)),
      claims.map((claim) => claim.interactionId), claims.map((claim) => claim.decision),
    ],
  );
};

export const updateClaimTimes = async (tx: Queryable, claims: readonly { id: number; seenAt: number; lastSeenAt: number; interactionId: string | null }[]): Promise<void> => {
  if (claims.length === 0) return;
  await tx.query(
    `update customers.claims claim
     set seen_at = given.seen_at, last_seen_at = given.last_seen_at, interaction_id = given.interaction_id
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::uuid[]) as given (id, seen_at, last_seen_at, interaction_id)
     where claim.id = given.id`,
    [
      claims.map((claim) => claim.id), claims.map((claim) => new Date(claim.seenAt)), claims.map((claim) => new Date(claim.lastSeenAt)),
      claims.map((claim) => claim.interactionId),
    ],
  );
};

export const deleteClaims = async (tx: Queryable, ids: readonly number[]): Promise<void> => {
  if (ids.length > 0) await tx.query("delete from customers.claims where id = any ($1::bigint[])", [ids]);
};

export const updateStandings = async (tx: Queryable, changes: readonly { id: number; status: ClaimStatus; reason: string | null }[]): Promise<void> => {
  if (changes.length === 0) return;
  await tx.query(
    `update customers.claims claim
     set status = given.status, reason = given.reason
     from unnest($1::bigint[], $2::text[], $3::text[]) as given (id, status, reason)
     where claim.id = given.id`,
    [changes.map((change) => change.id), changes.map((change) => change.status), changes.map((change) => change.reason)],
  );
};

/** Writes a person's word on every claim between two identifiers (a device may have several runs with one user). */
export const decideClaims = async (
  tx: Queryable,
  workspaceId: string,
  claimIds: readonly number[],
  word: { decision: Decision | null; memberId: string | null },
): Promise<{ strong: number; weak: number }[]> => {
  const { rows } = await tx.query<{ strong: number; weak: number }>(
    `update customers.claims claim
     set decision = $3, decided_by_id = $4, decided_at = now()
     from customers.claims chosen
     where chosen.workspace_id = $1 and chosen.id = any ($2::bigint[]) and claim.workspace_id = $1
       and claim.strong_identifier_id = chosen.strong_identifier_id and claim.weak_identifier_id = chosen.weak_identifier_id
     returning claim.strong_identifier_id as strong, claim.weak_identifier_id as weak`,
    [workspaceId, claimIds, word.decision, word.memberId],
  );
  return rows;
};
