import type { Queryable } from "#platform/db";
import type { ContactChannel, ContactPurpose, ContactReference } from "./contact-policy.contract.ts";
import type { Whom } from "./contact-policy.queries.ts";

export type StopWrite = { id: string; workspaceId: string; customerId: string | null; addressHash: string | null; channel: ContactChannel | "all"; source: string; at: Date; memberId: string | null };

const isOfWhom = "workspace_id = $1 and (customer_id = any ($2::uuid[]) or address_hash = any ($3::text[]))";

export const insertStop = async (tx: Queryable, stop: StopWrite): Promise<void> => {
  await tx.query(
    `insert into customers.contact_stops (id, workspace_id, customer_id, address_hash, channel, source, stopped_at, stopped_by_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [stop.id, stop.workspaceId, stop.customerId, stop.addressHash, stop.channel, stop.source, stop.at, stop.memberId],
  );
};

/** Whether the same is said already: a link clicked twice is one stop. */
export const hasStop = async (tx: Queryable, whom: Whom, channel: ContactChannel | "all", addressHash: string | null): Promise<boolean> => {
  const { rows } = await tx.query(
    `select 1 from customers.contact_stops
     where ${isOfWhom} and channel = $4 and lifted_at is null and ($5::text is null or address_hash = $5)
     limit 1`,
    [whom.workspaceId, whom.family, whom.hashes, channel, addressHash],
  );
  return rows.length > 0;
};

/** Lifts the stops of a channel, or all of them for "all". */
export const liftStops = async (tx: Queryable, whom: Whom, channel: ContactChannel | "all", { at, source }: { at: Date; source: string }): Promise<number> => {
  const { rowCount } = await tx.query(
    `update customers.contact_stops
     set lifted_at = $5, lifted_source = $6
     where ${isOfWhom} and lifted_at is null and ($4 = 'all' or channel = $4)`,
    [whom.workspaceId, whom.family, whom.hashes, channel, at, source],
  );
  return rowCount ?? 0;
};

export type StoredStop = { id: string; channel: ContactChannel | "all"; source: string; at: Date; liftedAt: Date | null };

export const listStops = async (db: Queryable, whom: Whom): Promise<StoredStop[]> => {
  const { rows } = await db.query<StoredStop>(
    `select id, channel, source, stopped_at as at, lifted_at as "liftedAt"
     from customers.contact_stops
     where ${isOfWhom}
     order by lifted_at is not null, stopped_at desc, id desc
     limit 100`,
    [whom.workspaceId, whom.family, whom.hashes],
  );
  return rows;
};

export type StoredConsent = { purpose: ContactPurpose; channel: ContactChannel | "all"; isGiven: boolean; source: string; at: Date };
export type ConsentWrite = StoredConsent & { id: string; workspaceId: string; customerId: string | null; addressHash: string | null; memberId: string | null };

export const insertConsent = async (tx: Queryable, consent: ConsentWrite): Promise<void> => {
  await tx.query(
    `insert into customers.contact_consents (id, workspace_id, customer_id, address_hash, purpose, channel, is_given, source, at, recorded_by_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [consent.id, consent.workspaceId, consent.customerId, consent.addressHash, consent.purpose, consent.channel, consent.isGiven, consent.source, consent.at, consent.memberId],
  );
};

export const listConsents = async (db: Queryable, whom: Whom): Promise<StoredConsent[]> => {
  const { rows } = await db.query<StoredConsent>(
    `select purpose, channel, is_given as "isGiven", source, at
     from customers.contact_consents
     where ${isOfWhom}
     order by at desc, id desc
     limit 200`,
    [whom.workspaceId, whom.family, whom.hashes],
  );
  return rows;
};

export const upsertBlock = async (
  tx: Queryable,
  block: { workspaceId: string; customerId: string; reason: string; reference: ContactReference; from: Date; until: Date | null },
): Promise<void> => {
  await tx.query(
    `insert into customers.contact_blocks (workspace_id, customer_id, reference_type, reference_id, reason, starts_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, customer_id, reference_type, reference_id) do update
     set reason = excluded.reason, ends_at = excluded.ends_at,
       starts_at = case when contact_blocks.ends_at <= excluded.starts_at then excluded.starts_at else contact_blocks.starts_at end`,
    [block.workspaceId, block.customerId, block.reference.type, block.reference.id, block.reason, block.from, block.until],
  );
};

/** Ends a block wherever it stands: the customer may have been merged since. */
export const endBlock = async (tx: Queryable, workspaceId: string, family: readonly string[], { reference, at }: { reference: ContactReference; at: Date }): Promise<void> => {
  await tx.query(
    `update customers.contact_blocks
     set ends_at = greatest(starts_at, $5)
     where workspace_id = $1 and customer_id = any ($2::uuid[]) and reference_type = $3 and reference_id = $4 and (ends_at is null or ends_at > $5)`,
    [workspaceId, family, reference.type, reference.id, at],
  );
};

export const listOpenBlocks = async (db: Queryable, whom: Whom, at: Date): Promise<{ type: string; reason: string; from: Date; until: Date | null }[]> => {
  const { rows } = await db.query<{ type: string; reason: string; from: Date; until: Date | null }>(
    `select reference_type as type, reason, starts_at as "from", ends_at as until
     from customers.contact_blocks
     where workspace_id = $1 and customer_id = any ($2::uuid[]) and (ends_at is null or ends_at > $3)
     order by starts_at, reference_id
     limit 50`,
    [whom.workspaceId, whom.family, at],
  );
  return rows;
};

/** @param family null for everybody the reference was planned for */
export const deletePlans = async (tx: Queryable, workspaceId: string, reference: ContactReference, family: readonly string[] | null): Promise<void> => {
  await tx.query(
    `delete from customers.contact_plans
     where workspace_id = $1 and reference_type = $2 and reference_id = $3 and ($4::uuid[] is null or customer_id = any ($4))`,
    [workspaceId, reference.type, reference.id, family],
  );
};

/** Stops of a person about to be erased live on as hashes of the addresses; everything else known by address goes. */
export const forgetContacts = async (tx: Queryable, whom: Whom): Promise<void> => {
  const values = [whom.workspaceId, whom.family, whom.hashes];
  await tx.query(
    `insert into customers.contact_stops (id, workspace_id, address_hash, channel, source, stopped_at)
     select gen_random_uuid(), $1, address.hash, stop.channel, 'erased', min(stop.stopped_at)
     from customers.contact_stops stop
     cross join lateral (select unnest($3::text[]) as hash union select stop.address_hash where stop.address_hash is not null) address
     where stop.workspace_id = $1 and stop.customer_id = any ($2::uuid[]) and stop.lifted_at is null
     group by address.hash, stop.channel`,
    values,
  );
  await tx.query("delete from customers.contact_stops where workspace_id = $1 and customer_id = any ($2::uuid[])", [whom.workspaceId, whom.family]);
  await tx.query(`delete from customers.contact_consents where ${isOfWhom}`, values);
  await tx.query(`delete from customers.contact_ledger where ${isOfWhom}`, values);
};
