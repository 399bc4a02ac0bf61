import type { Queryable } from "#platform/db";
import type { CommittedInteraction } from "./resolver.ts";

/** Takes up to `limit` subjects that lost rows; they are not given out again once the transaction commits. */
export const takePendingRepairs = async (tx: Queryable, workspaceId: string, limit: number): Promise<string[]> => {
  const { rows } = await tx.query<{ subject: string }>(
    `delete from customers.pending_repairs
     where (workspace_id, subject) in (
       select workspace_id, subject from customers.pending_repairs where workspace_id = $1 order by subject limit $2 for update
     )
     returning subject`,
    [workspaceId, limit],
  );
  return rows.map((row) => row.subject);
};

/** Takes away claims and traits that only rows which are gone had told of; a member's word stays.
 *  @returns both ends of the claims */
export const deleteUnfounded = async (tx: Queryable, identifierIds: readonly number[]): Promise<number[]> => {
  const { rows } = await tx.query<{ strong: number; weak: number }>(
    `with unfounded as (
       select claim.id
       from customers.claims claim
       where (claim.strong_identifier_id = any ($1::bigint[]) or claim.weak_identifier_id = any ($1::bigint[]))
         and claim.decision is null and claim.interaction_id is not null
         and not exists (select 1 from customers.interactions interaction where interaction.id = claim.interaction_id)
     )
     delete from customers.claims claim
     using unfounded
     where claim.id = unfounded.id
     returning claim.strong_identifier_id as strong, claim.weak_identifier_id as weak`,
    [identifierIds],
  );
  const ends = [...new Set(rows.flatMap((row) => [row.strong, row.weak]))];
  await tx.query(
    `delete from customers.traits trait
     where trait.identifier_id = any ($1::bigint[]) and trait.interaction_id is not null
       and not exists (select 1 from customers.interactions interaction where interaction.id = trait.interaction_id)`,
    [[...new Set([...identifierIds, ...ends])]],
  );
  return ends;
};

// A subject with more rows than this keeps what its newest rows say, which is what counts for a device or a user.
const ROWS_MAX = 20_000;

/** What is left of subjects, to be read for identity again. */
export const listRowsOfSubjects = async (tx: Queryable, workspaceId: string, subjects: readonly string[]): Promise<CommittedInteraction[]> => {
  const { rows } = await tx.query<CommittedInteraction>(
    `select id, seq, xid::text, workspace_id as "workspaceId", type, subject, user_id as "userId", anonymous_id as "anonymousId", at, source, message
     from customers.interactions
     where workspace_id = $1 and subject = any ($2::text[])
     order by at desc
     limit ${ROWS_MAX}`,
    [workspaceId, subjects],
  );
  return rows;
};

/** Takes away identifiers that nothing speaks of any more.
 *  @returns the ids taken away */
export const deleteOrphans = async (tx: Queryable, identifierIds: readonly number[]): Promise<number[]> => {
  const { rows } = await tx.query<{ id: number }>(
    `delete from customers.identifiers identifier
     where identifier.id = any ($1::bigint[])
       and not exists (
         select 1 from customers.interactions interaction
         where interaction.workspace_id = identifier.workspace_id and interaction.subject = identifier.kind || ':' || identifier.value)
       and not exists (
         select 1 from customers.perceptions perception
         where perception.workspace_id = identifier.workspace_id and perception.subject = identifier.kind || ':' || identifier.value)
       and not exists (select 1 from customers.claims claim where claim.strong_identifier_id = identifier.id)
       and not exists (select 1 from customers.claims claim where claim.weak_identifier_id = identifier.id)
       and not exists (select 1 from customers.traits trait where trait.identifier_id = identifier.id)
     returning id`,
    [identifierIds],
  );
  return rows.map((row) => row.id);
};

export const deleteEmptyCustomers = async (tx: Queryable, customerIds: readonly string[]): Promise<void> => {
  await tx.query(
    `delete from customers.customers customer
     where customer.id = any ($1::uuid[]) and customer.merged_into_id is null
       and not exists (select 1 from customers.assignments assignment where assignment.customer_id = customer.id)
       and not exists (select 1 from customers.customers merged where merged.workspace_id = customer.workspace_id and merged.merged_into_id = customer.id)`,
    [customerIds],
  );
};
