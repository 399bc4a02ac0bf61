import type { Queryable } from "#platform/db";

/** Notes interactions that are still to be counted, one pair per interaction. */
export const notePendingCounts = async (tx: Queryable, given: readonly { identifierId: number; at: Date }[]): Promise<void> => {
  if (given.length === 0) return;
  await tx.query("insert into customers.pending_counts (identifier_ids, times) values ($1, $2)", [given.map((one) => one.identifierId), given.map((one) => one.at)]);
};

/** Keeps everybody else who changes identities or counts out until the transaction ends.
 *  What follows looks few rows up among many, but a planner that has not counted a growing table yet reads all of it. */
export const lockCounts = async (tx: Queryable): Promise<void> => {
  await tx.query(
    `select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
     from customers.resolver
     for update`,
  );
};

/** Adds what is noted to the counters of whoever it belongs to now, and forgets the notes. Call it under the lock. */
export const addPendingCounts = async (tx: Queryable): Promise<void> => {
  await tx.query(
    `with pending as (
       delete from customers.pending_counts returning identifier_ids, times
     ), counted as (
       select assignment.identifier_id, assignment.valid_from, assignment.customer_id, count(*) as interactions, min(given.at) as first_at, max(given.at) as last_at
       from pending
       cross join unnest(pending.identifier_ids, pending.times) as given (identifier_id, at)
       join customers.assignments assignment
         on assignment.identifier_id = given.identifier_id and given.at >= assignment.valid_from and given.at < assignment.valid_to
       group by 1, 2, 3
     ), written as (
       update customers.assignments assignment
       set interactions = assignment.interactions + counted.interactions,
         first_at = least(assignment.first_at, counted.first_at),
         last_at = greatest(assignment.last_at, counted.last_at)
       from counted
       where (assignment.identifier_id, assignment.valid_from) = (counted.identifier_id, counted.valid_from)
     )
     update customers.activity activity
     set interactions = activity.interactions + total.interactions,
       first_seen_at = least(activity.first_seen_at, total.first_at),
       last_seen_at = greatest(activity.last_seen_at, total.last_at)
     from (
       select customer_id, sum(interactions) as interactions, min(first_at) as first_at, max(last_at) as last_at
       from counted
       group by 1
     ) total
     where activity.customer_id = total.customer_id`,
  );
};
