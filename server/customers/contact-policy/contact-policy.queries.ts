import type { Queryable } from "#platform/db";
import type { ContactChannel, ContactKind, ContactPurpose, ContactReference } from "./contact-policy.contract.ts";
import type { PastContact, Standing } from "./contact-policy.rules.ts";

/** Who is meant: every id the customer ever had, and the hashes of all her addresses. */
export type Whom = { workspaceId: string; customerId: string | null; family: readonly string[]; hashes: readonly string[] };

export const lockWhom = async (tx: Queryable, workspaceId: string, name: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`contact ${workspaceId} ${name}`]);
};

/** The customer as known today and all ids that went into her; null when the workspace has none of that id. */
export const findFamily = async (db: Queryable, workspaceId: string, customerId: string): Promise<{ customerId: string; family: string[] } | null> => {
  const { rows } = await db.query<{ customerId: string; family: string[] }>(
    `with recursive upwards as (
       select id, merged_into_id, 1 as step from customers.customers where workspace_id = $1 and id = $2
       union all
       select next.id, next.merged_into_id, upwards.step + 1
       from upwards
       join customers.customers next on next.id = upwards.merged_into_id
       where upwards.step < 50
     ), top as (
       select id from upwards order by step desc limit 1
     ), family as (
       select id from top
       union
       select merged.id from customers.customers merged join family on merged.merged_into_id = family.id
     )
     select (select id from top) as "customerId", array_agg(id) as family from family having count(*) > 0`,
    [workspaceId, customerId],
  );
  return rows[0] ?? null;
};

/** Addresses the customer holds now, as subjects ("email:…"). */
export const listAddresses = async (db: Queryable, customerId: string): Promise<string[]> => {
  const { rows } = await db.query<{ subject: string }>(
    `select distinct identifier.kind || ':' || identifier.value as subject
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = $1 and identifier.kind in ('email', 'phone') and not identifier.is_blocked
     order by subject
     limit 200`,
    [customerId],
  );
  return rows.map((row) => row.subject);
};

const isOfWhom = (row: string): string => `${row}.workspace_id = $1 and (${row}.customer_id = any ($2::uuid[]) or ${row}.address_hash = any ($3::text[]))`;

/** What holds for somebody at a moment, from four short index look-ups. */
export const findStanding = async (
  db: Queryable,
  whom: Whom,
  asked: { channel: ContactChannel; purpose: ContactPurpose; at: Date },
): Promise<Pick<Standing, "stopped" | "consent" | "blocked" | "relationshipDueAt">> => {
  const { rows } = await db.query<{ stopped: ContactChannel | "all" | null; isGiven: boolean | null; blockReason: string | null; blockUntil: Date | null; dueAt: Date | null }>(
    `select
       (select stop.channel from customers.contact_stops stop
        where ${isOfWhom("stop")} and stop.stopped_at <= $6 and stop.lifted_at is null and stop.channel in ('all', $4)
        order by stop.channel = 'all' desc limit 1) as stopped,
       (select consent.is_given from customers.contact_consents consent
        where ${isOfWhom("consent")} and consent.purpose = $5 and consent.channel in ('all', $4) and consent.at <= $6
        order by consent.at desc, consent.id desc limit 1) as "isGiven",
       block.reason as "blockReason", block.ends_at as "blockUntil",
       (select plan.due_at from customers.contact_plans plan
        where plan.workspace_id = $1 and plan.customer_id = any ($2::uuid[])
        order by abs(extract(epoch from plan.due_at - $6)) limit 1) as "dueAt"
     from (values (true)) as one (is_one)
     left join lateral (
       select reason, ends_at from customers.contact_blocks
       where workspace_id = $1 and customer_id = any ($2::uuid[]) and starts_at <= $6 and (ends_at is null or ends_at > $6)
       order by ends_at desc nulls first
       limit 1
     ) block on true`,
    [whom.workspaceId, whom.family, whom.hashes, asked.channel, asked.purpose, asked.at],
  );
  const row = rows[0];
  return {
    stopped: row?.stopped ?? null,
    consent: row?.isGiven === true ? "given" : row?.isGiven === false ? "withdrawn" : "none",
    blocked: row?.blockReason == null ? null : { reason: row.blockReason, until: row.blockUntil },
    relationshipDueAt: row?.dueAt ?? null,
  };
};

/** Where the hold-out put somebody when she was first decided about, under any of her ids; null while nobody decided. Carried by contact_ledger_customer_id_at_index. */
export const findHoldOutPoint = async (db: Queryable, workspaceId: string, family: readonly string[]): Promise<number | null> => {
  const { rows } = await db.query<{ point: number }>(
    `select (standing ->> 'holdOutPoint')::double precision as point
     from customers.contact_ledger
     where customer_id = any ($2::uuid[]) and workspace_id = $1 and standing ->> 'holdOutPoint' is not null
     order by at, id
     limit 1`,
    [workspaceId, family],
  );
  return rows[0]?.point ?? null;
};

// Far above any sensible budget; whoever was contacted more often is over it anyway.
const CONTACTS_MAX = 2000;

/** Contacts made since a time, and answers given unasked, newest first. Rows by customer and by address are two walks of two indexes.
 *  @param exceptKey a contact that is left out while it is not answered */
export const listContactsSince = async (db: Queryable, whom: Whom, since: Date, exceptKey: string | null): Promise<PastContact[]> => {
  const columns = "id, at, channel, purpose, kind, reference_type, reference_id, is_reminder, decision";
  const isMeant = "at >= $4 and decision <> 'not_asked' and (key is distinct from $5 or answered_at is not null)";
  const { rows } = await db.query<{ at: Date; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind; referenceType: string; referenceId: string; isReminder: boolean; decision: string }>(
    `select at, channel, purpose, kind, reference_type as "referenceType", reference_id as "referenceId", is_reminder as "isReminder", decision
     from (
       select ${columns} from customers.contact_ledger where customer_id = any ($2::uuid[]) and workspace_id = $1 and ${isMeant}
       union
       select ${columns} from customers.contact_ledger where workspace_id = $1 and address_hash = any ($3::text[]) and ${isMeant}
     ) made
     order by at desc, id desc
     limit ${CONTACTS_MAX}`,
    [whom.workspaceId, whom.family, whom.hashes, since, exceptKey],
  );
  return rows.map(({ referenceType, referenceId, decision, ...row }) => ({ ...row, reference: { type: referenceType, id: referenceId }, isAnswer: decision === "answered" }));
};

export type LedgerWrite = {
  id: string; workspaceId: string; key: string; customerId: string | null; addressHash: string | null; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind;
  reference: ContactReference; isReminder: boolean; at: Date; decision: "asked" | "not_asked" | "answered"; reason: string | null; rule: string | null; until: Date | null;
  lastAt: Date | null; lastChannel: ContactChannel | null; standing: Standing; answeredAt: Date | null;
};

/** @returns false when the key was used before */
export const insertDecision = async (tx: Queryable, row: LedgerWrite): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into customers.contact_ledger (
       id, workspace_id, key, customer_id, address_hash, channel, purpose, kind, reference_type, reference_id, is_reminder, at, decision, reason, rule, until,
       last_at, last_channel, standing, answered_at, reference_label
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
     on conflict (workspace_id, key) do nothing`,
    [
      row.id, row.workspaceId, row.key, row.customerId, row.addressHash, row.channel, row.purpose, row.kind, row.reference.type, row.reference.id, row.isReminder, row.at,
      row.decision, row.reason, row.rule, row.until, row.lastAt, row.lastChannel, JSON.stringify(row.standing), row.answeredAt, row.reference.label ?? null,
    ],
  );
  return rowCount === 1;
};

export type StoredDecision = { decision: string; reason: string | null; rule: string | null; until: Date | null; lastAt: Date | null; lastChannel: ContactChannel | null };

export const findDecision = async (db: Queryable, workspaceId: string, key: string): Promise<StoredDecision | null> => {
  const { rows } = await db.query<StoredDecision>(
    `select decision, reason, rule, until, last_at as "lastAt", last_channel as "lastChannel" from customers.contact_ledger where workspace_id = $1 and key = $2`,
    [workspaceId, key],
  );
  return rows[0] ?? null;
};

/** Notes the answer on the newest contact about the reference. False when she was not asked before. */
export const noteAnswer = async (tx: Queryable, whom: Whom, reference: ContactReference, at: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update customers.contact_ledger ledger
     set answered_at = coalesce(ledger.answered_at, $6)
     where ledger.id = (
       select last.id from customers.contact_ledger last
       where ${isOfWhom("last")} and last.reference_type = $4 and last.reference_id = $5 and last.decision = 'asked' and last.at <= $6
       order by last.at desc, last.id desc
       limit 1
     )`,
    [whom.workspaceId, whom.family, whom.hashes, reference.type, reference.id, at],
  );
  return rowCount === 1;
};
