import type { Queryable } from "#platform/db";
import { addPendingCounts } from "./counts.queries.ts";
import type { PlanSpan } from "./settlement.rules.ts";

export const insertCustomers = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.query("insert into customers.customers (id, workspace_id) select unnest($2::uuid[]), $1 on conflict (id) do nothing", [workspaceId, ids]);
};

/** The whole identifier goes from one customer to another; its counters go with it. */
export const moveAssignments = async (tx: Queryable, moves: readonly { identifierId: number; customerId: string }[]): Promise<void> => {
  if (moves.length === 0) return;
  await tx.query(
    `update customers.assignments assignment
     set customer_id = given.customer_id
     from unnest($1::bigint[], $2::uuid[]) as given (identifier_id, customer_id)
     where assignment.identifier_id = given.identifier_id`,
    [moves.map((move) => move.identifierId), moves.map((move) => move.customerId)],
  );
};

export const deleteAssignments = async (tx: Queryable, identifierIds: readonly number[]): Promise<void> => {
  if (identifierIds.length > 0) await tx.query("delete from customers.assignments where identifier_id = any ($1::bigint[])", [identifierIds]);
};

export const insertAssignments = async (tx: Queryable, spans: readonly PlanSpan[]): Promise<void> => {
  if (spans.length === 0) return;
  await tx.query(
    `insert into customers.assignments (identifier_id, customer_id, valid_from, valid_to)
     select identifier_id, customer_id, coalesce(valid_from, '-infinity'), coalesce(valid_to, 'infinity')
     from unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as given (identifier_id, customer_id, valid_from, valid_to)`,
    [
      spans.map((span) => span.identifierId), spans.map((span) => span.customerId),
      spans.map((span) => (span.from === null ? null : new Date(span.from))), spans.map((span) => (span.to === null ? null : new Date(span.to))),
    ],
  );
};

/** Counts the rows of identifiers whose spans changed, up to the position counted so far: later rows add themselves. */
export const recountAssignments = async (tx: Queryable, identifierIds: readonly number[]): Promise<void> => {
  if (identifierIds.length === 0) return;
  await tx.query(
    `with counted as (
       select assignment.identifier_id, assignment.valid_from, count(interaction.id) as interactions, min(interaction.at) as first_at, max(interaction.at) as last_at
       from customers.assignments assignment
       join customers.identifiers identifier on identifier.id = assignment.identifier_id
       cross join customers.resolver resolver
       left join customers.interactions interaction
         on interaction.workspace_id = identifier.workspace_id
         and interaction.subject = identifier.kind || ':' || identifier.value
         and interaction.at >= assignment.valid_from
         and interaction.at < assignment.valid_to
         and (interaction.xid, interaction.seq) <= (resolver.position_xid, resolver.position_seq)
       where assignment.identifier_id = any ($1::bigint[])
       group by 1, 2
     )
     update customers.assignments assignment
     set interactions = counted.interactions, first_at = counted.first_at, last_at = counted.last_at
     from counted
     where (assignment.identifier_id, assignment.valid_from) = (counted.identifier_id, counted.valid_from)`,
    [identifierIds],
  );
};

/** Marks customers that hold nothing any more as gone into another, and those that hold something again as their own. */
export const setMerged = async (tx: Queryable, moves: readonly { customerId: string; intoId: string | null }[]): Promise<void> => {
  if (moves.length === 0) return;
  await tx.query(
    `update customers.customers customer
     set merged_into_id = case
       when exists (select 1 from customers.assignments assignment where assignment.customer_id = customer.id) then null
       else given.into_id
     end
     from unnest($1::uuid[], $2::uuid[]) as given (id, into_id)
     where customer.id = given.id`,
    [moves.map((move) => move.customerId), moves.map((move) => move.intoId)],
  );
};

export type BatchState = { generation: string; batch: number; positionXid: string; positionSeq: number };

/** Opens a batch, with all batches before it counted. The number tells whether anybody else (or a rolled back batch) came in between.
 *  A batch only ever looks few rows up among many, but a planner that has not counted a growing table yet reads all of it. */
export const openBatch = async (tx: Queryable): Promise<BatchState> => {
  const { rows } = await tx.query<BatchState>(
    `update customers.resolver
     set batch = batch + 1
     returning generation, batch, position_xid::text as "positionXid", position_seq as "positionSeq",
       set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`,
  );
  const state = rows[0];
  if (state === undefined) throw new Error("customers.resolver has no row; run the migrations.");
  await addPendingCounts(tx);
  return state;
};

export const readPosition = async (db: Queryable): Promise<{ positionXid: string; positionSeq: number } | null> => {
  const { rows } = await db.query<{ positionXid: string; positionSeq: number }>(
    `select position_xid::text as "positionXid", position_seq as "positionSeq" from customers.resolver`,
  );
  return rows[0] ?? null;
};

export const savePosition = async (tx: Queryable, xid: string, seq: number): Promise<void> => {
  await tx.query("update customers.resolver set position_xid = $1::text::xid8, position_seq = $2", [xid, seq]);
};

/** Customers of identifiers at given times, in the order given; `isWhole` when the identifier was never anybody else's. */
export const listOwnersOf = async (
  tx: Queryable,
  given: readonly { identifierId: number; at: Date }[],
): Promise<{ customerId: string | null; isWhole: boolean }[]> => {
  if (given.length === 0) return [];
  const { rows } = await tx.query<{ customerId: string | null; isWhole: boolean }>(
    `select assignment.customer_id as "customerId", assignment.valid_from = '-infinity' and assignment.valid_to = 'infinity' as "isWhole"
     from unnest($1::bigint[], $2::timestamptz[]) with ordinality as given (identifier_id, at, place)
     left join customers.assignments assignment
       on assignment.identifier_id = given.identifier_id and given.at >= assignment.valid_from and given.at < assignment.valid_to
     order by given.place`,
    [given.map((one) => one.identifierId), given.map((one) => one.at)],
  );
  return rows;
};

/** Customers of subjects at given times, in the order given; null is nobody. */
export const listCustomersOf = async (
  db: Queryable,
  workspaceId: string,
  wanted: readonly { kind: string; value: string; at: Date }[],
): Promise<{ customerId: string | null; identifierId: number | null }[]> => {
  const { rows } = await db.query<{ customerId: string | null; identifierId: number | null }>(
    `select assignment.customer_id as "customerId", case when identifier.is_blocked then null else identifier.id end as "identifierId"
     from unnest($2::text[], $3::text[], $4::timestamptz[]) with ordinality as given (kind, value, at, place)
     left join customers.identifiers identifier
       on identifier.workspace_id = $1 and identifier.kind = given.kind and identifier.value = given.value
     left join customers.assignments assignment
       on assignment.identifier_id = identifier.id and given.at >= assignment.valid_from and given.at < assignment.valid_to and not identifier.is_blocked
     order by given.place`,
    [workspaceId, wanted.map((one) => one.kind), wanted.map((one) => one.value), wanted.map((one) => one.at)],
  );
  return rows;
};
