import type { Queryable } from "#platform/db";
import { CLAIM_COLUMNS, type StoredClaim } from "./claims.queries.ts";

/** `customerId` of a node at the border: the customer it belongs to, which is not taken apart. */
export type StoredNode = { id: number; kind: string; value: string; isBlocked: boolean; home: string | null };
export type BorderNode = { id: number; kind: string; isBlocked: boolean; customerId: string | null };
/** From and to in ms; null stands for the beginning and the end of time. */
export type StoredSpan = { identifierId: number; customerId: string; from: number | null; to: number | null; interactions: number };
export type Neighbourhood = { nodes: StoredNode[]; claims: StoredClaim[]; spans: StoredSpan[]; border: BorderNode[]; held: Map<string, Record<string, number>> };

/** The customers of the given identifiers with all their identifiers, the devices claimed with these, and every claim on them.
 *  What lies at the other end of a claim is the border: known by its customer and what that holds, but not taken apart. */
export const loadNeighbourhood = async (tx: Queryable, identifierIds: readonly number[]): Promise<Neighbourhood> => {
  const nodes = await listNodes(tx, identifierIds);
  const ids = nodes.map((node) => node.id);
  const inside = new Set(ids);
  const claims = await listClaimsTouching(tx, ids);
  const outside = [...new Set(claims.flatMap((claim) => [claim.strong, claim.weak]).filter((id) => !inside.has(id)))];
  const spans = await listSpans(tx, ids);
  const border = outside.length === 0 ? [] : await listBorder(tx, outside);
  const customerIds = [...new Set(border.flatMap((node) => (node.customerId === null ? [] : [node.customerId])))];
  return { nodes, claims, spans, border, held: customerIds.length === 0 ? new Map() : await countHeld(tx, customerIds) };
};

const listNodes = async (tx: Queryable, identifierIds: readonly number[]): Promise<StoredNode[]> => {
  const { rows } = await tx.query<StoredNode>(
    `with inside as (
       -- "offset 0" has each customer looked up by its index; else a planner without counts reads all assignments.
       select mate.identifier_id as id
       from (select distinct customer_id from customers.assignments where identifier_id = any ($1::bigint[])) given
       cross join lateral (select identifier_id from customers.assignments where customer_id = given.customer_id offset 0) mate
       union
       select unnest($1::bigint[])
     ), with_devices as (
       select id from inside
       union
       select claim.weak_identifier_id
       from inside
       join customers.claims claim on claim.strong_identifier_id = inside.id
       join customers.identifiers device on device.id = claim.weak_identifier_id and device.kind = 'anonymous'
     )
     select identifier.id, identifier.kind, identifier.value, identifier.is_blocked as "isBlocked", identifier.home_customer_id as home
     from with_devices
     join customers.identifiers identifier using (id)`,
    [identifierIds],
  );
  return rows;
};

const listClaimsTouching = async (tx: Queryable, ids: readonly number[]): Promise<StoredClaim[]> => {
  const { rows } = await tx.query<StoredClaim>(
    `select ${CLAIM_COLUMNS} from customers.claims claim where claim.strong_identifier_id = any ($1::bigint[])
     union
     select ${CLAIM_COLUMNS} from customers.claims claim where claim.weak_identifier_id = any ($1::bigint[])`,
    [ids],
  );
  return rows;
};

export const listSpans = async (tx: Queryable, ids: readonly number[]): Promise<StoredSpan[]> => {
  const { rows } = await tx.query<StoredSpan>(
    `select identifier_id as "identifierId", customer_id as "customerId",
       case when valid_from = '-infinity' then null else (extract(epoch from valid_from) * 1000)::float8 end as "from",
       case when valid_to = 'infinity' then null else (extract(epoch from valid_to) * 1000)::float8 end as "to",
       interactions
     from customers.assignments
     where identifier_id = any ($1::bigint[])
     order by identifier_id, valid_from`,
    [ids],
  );
  return rows;
};

// The border is never a device with several spans: devices claimed from inside are taken in.
const listBorder = async (tx: Queryable, ids: readonly number[]): Promise<BorderNode[]> => {
  const { rows } = await tx.query<BorderNode>(
    `select distinct on (identifier.id) identifier.id, identifier.kind, identifier.is_blocked as "isBlocked", assignment.customer_id as "customerId"
     from customers.identifiers identifier
     left join customers.assignments assignment on assignment.identifier_id = identifier.id
     where identifier.id = any ($1::bigint[])
     order by identifier.id, assignment.valid_from`,
    [ids],
  );
  return rows;
};

const countHeld = async (tx: Queryable, customerIds: readonly string[]): Promise<Map<string, Record<string, number>>> => {
  const { rows } = await tx.query<{ customerId: string; kind: string; count: number }>(
    `select assignment.customer_id as "customerId", split_part(identifier.kind, ':', 1) as kind, count(*) as count
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = any ($1::uuid[])
     group by 1, 2`,
    [customerIds],
  );
  const held = new Map<string, Record<string, number>>();
  for (const row of rows) held.set(row.customerId, { ...held.get(row.customerId), [row.kind]: row.count });
  return held;
};
