import type { Queryable } from "#platform/db";
import type { TimelineSpan } from "./timeline.queries.ts";

type Erased = { interactionIds: string[]; perceptions: number; responseIds: string[]; importIds: string[] };

/** Takes away all facts and feelings within the spans and notes them for the analytics copy. */
export const eraseExperience = async (tx: Queryable, workspaceId: string, spans: readonly TimelineSpan[]): Promise<Erased> => {
  const values = [workspaceId, spans.map((span) => span.subject), spans.map((span) => span.from), spans.map((span) => span.to)];
  const given = `unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as span (subject, valid_from, valid_to)`;
  const within = `row.workspace_id = $1 and row.subject = span.subject
    and row.at >= coalesce(span.valid_from, '-infinity') and row.at < coalesce(span.valid_to, 'infinity')`;
  const interactions = await tx.query<{ id: string; importId: string | null }>(
    `with gone as (
       delete from customers.interactions row using ${given} where ${within} returning row.id, row.import_id
     ), noted as (
       insert into customers.deletions (workspace_id, kind, record_id) select $1, 'interaction', id from gone
     )
     select id, import_id as "importId" from gone`,
    values,
  );
  const perceptions = await tx.query<{ id: string; responseId: string | null; importId: string | null }>(
    `with gone as (
       delete from customers.perceptions row using ${given} where ${within} returning row.id, row.response_id, row.import_id
     ), noted as (
       insert into customers.deletions (workspace_id, kind, record_id) select $1, 'perception', id from gone
     )
     select id, response_id as "responseId", import_id as "importId" from gone`,
    values,
  );
  return {
    interactionIds: interactions.rows.map((row) => row.id),
    perceptions: perceptions.rows.length,
    responseIds: [...new Set(perceptions.rows.flatMap((row) => (row.responseId === null ? [] : [row.responseId])))],
    importIds: [...new Set([...interactions.rows, ...perceptions.rows].flatMap((row) => (row.importId === null ? [] : [row.importId])))],
  };
};

/** What is kept under identifiers, counted before it goes with them. */
export const countUnder = async (tx: Queryable, identifierIds: readonly number[]): Promise<{ traits: number; claims: number; memberships: number }> => {
  const { rows } = await tx.query<{ traits: number; claims: number; memberships: number }>(
    `select
       (select count(*) from customers.traits where identifier_id = any ($1::bigint[])) as traits,
       (select count(*) from customers.claims where strong_identifier_id = any ($1::bigint[]) or weak_identifier_id = any ($1::bigint[])) as claims,
       (select count(*) from customers.memberships where identifier_id = any ($1::bigint[])) as memberships`,
    [identifierIds],
  );
  return rows[0] ?? { traits: 0, claims: 0, memberships: 0 };
};

/** Traits said on a device while it was this person's; the device itself stays with its other users. */
export const deleteTraitsWithin = async (tx: Queryable, spans: readonly { identifierId: number; from: Date | null; to: Date | null }[]): Promise<number> => {
  if (spans.length === 0) return 0;
  const { rowCount } = await tx.query(
    `delete from customers.traits trait
     using unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) as span (identifier_id, valid_from, valid_to)
     where trait.identifier_id = span.identifier_id
       and trait.at >= coalesce(span.valid_from, '-infinity') and trait.at < coalesce(span.valid_to, 'infinity')`,
    [spans.map((span) => span.identifierId), spans.map((span) => span.from), spans.map((span) => span.to)],
  );
  return rowCount ?? 0;
};

/** Identifiers claimed together with these, which are to be decided anew once these are gone. */
export const listClaimedWith = async (tx: Queryable, identifierIds: readonly number[]): Promise<number[]> => {
  const { rows } = await tx.query<{ id: number }>(
    `select weak_identifier_id as id from customers.claims where strong_identifier_id = any ($1::bigint[])
     union
     select strong_identifier_id from customers.claims where weak_identifier_id = any ($1::bigint[])`,
    [identifierIds],
  );
  return rows.map((row) => row.id).filter((id) => !identifierIds.includes(id));
};

export const deleteIdentifiers = async (tx: Queryable, identifierIds: readonly number[]): Promise<void> => {
  await tx.query("delete from customers.identifiers where id = any ($1::bigint[])", [identifierIds]);
};

/** Devices other people used as well: only those stay. */
export const listShared = async (tx: Queryable, customerId: string): Promise<number[]> => {
  const { rows } = await tx.query<{ id: number }>(
    `select distinct own.identifier_id as id
     from customers.assignments own
     join customers.assignments other on other.identifier_id = own.identifier_id and other.customer_id <> own.customer_id
     where own.customer_id = $1`,
    [customerId],
  );
  return rows.map((row) => row.id);
};

/** A shared device must not bring the erased customer's id back with it. */
export const forgetHomes = async (tx: Queryable, identifierIds: readonly number[], customerId: string): Promise<void> => {
  await tx.query("update customers.identifiers set home_customer_id = null where id = any ($1::bigint[]) and home_customer_id = $2", [identifierIds, customerId]);
};

export const deleteCustomer = async (tx: Queryable, workspaceId: string, customerId: string): Promise<void> => {
  await tx.query(
    `with recursive gone as (
       select id from customers.customers where workspace_id = $1 and id = $2
       union
       select merged.id from customers.customers merged join gone on merged.merged_into_id = gone.id where merged.workspace_id = $1
     )
     delete from customers.customers customer using gone where customer.id = gone.id`,
    [workspaceId, customerId],
  );
};

export const insertErasure = async (
  tx: Queryable,
  erasure: { id: string; workspaceId: string; customerId: string; memberId: string | null; at: Date; report: Record<string, number> },
): Promise<void> => {
  await tx.query("insert into customers.erasures (id, workspace_id, customer_id, erased_by_id, erased_at, report) values ($1, $2, $3, $4, $5, $6)", [
    erasure.id, erasure.workspaceId, erasure.customerId, erasure.memberId, erasure.at, JSON.stringify(erasure.report),
  ]);
};
