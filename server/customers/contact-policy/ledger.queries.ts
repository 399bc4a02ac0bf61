import type { Queryable } from "#platform/db";
import type { ContactChannel, ContactKind, ContactPurpose, LedgerReason } from "./contact-policy.contract.ts";

export type LedgerRow = {
  id: string; at: Date; sortAt: string; customerId: string | null; customerName: string | null; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind;
  referenceType: string; referenceId: string; referenceLabel: string | null; isReminder: boolean; decision: "asked" | "not_asked" | "answered"; reason: LedgerReason | null;
  rule: string | null; until: Date | null; lastAt: Date | null; lastChannel: ContactChannel | null; answeredAt: Date | null;
};
export type LedgerFilter = {
  whom: { family: readonly string[]; hashes: readonly string[] } | null; decision: string | null; reason: string | null; referenceId: string | null; from: Date | null; until: Date | null;
};

// Who a row is about today: the customer of then, or whoever that one went into.
const customerNow = `left join lateral (
  with recursive upwards as (
    select id, merged_into_id, 1 as step from customers.customers where id = ledger.customer_id
    union all
    select next.id, next.merged_into_id, upwards.step + 1
    from upwards
    join customers.customers next on next.id = upwards.merged_into_id
    where upwards.step < 50
  )
  select id from upwards order by step desc limit 1
) customer on true`;

/** Decisions newest first. Without a customer the index on time carries it, filters are read along. */
export const listLedger = async (
  db: Queryable,
  workspaceId: string,
  filter: LedgerFilter,
  page: { before: { at: string; id: string } | null; limit: number },
): Promise<LedgerRow[]> => {
  const { rows } = await db.query<LedgerRow>(
    `select ledger.id, ledger.at, ledger.at::text as "sortAt", customer.id as "customerId", profile.name as "customerName", ledger.channel, ledger.purpose, ledger.kind,
       ledger.reference_type as "referenceType", ledger.reference_id as "referenceId", ledger.reference_label as "referenceLabel", ledger.is_reminder as "isReminder",
       ledger.decision, ledger.reason, ledger.rule, ledger.until, ledger.last_at as "lastAt", ledger.last_channel as "lastChannel", ledger.answered_at as "answeredAt"
     from (
       select *
       from customers.contact_ledger
       where workspace_id = $1
         and (not $2 or customer_id = any ($3::uuid[]) or address_hash = any ($4::text[]))
         and ($5::text is null or decision = $5)
         and ($6::text is null or reason = $6)
         and ($7::text is null or reference_id = $7)
         and ($8::timestamptz is null or at >= $8)
         and ($9::timestamptz is null or at < $9)
         and ($10::timestamptz is null or (at, id) < ($10::timestamptz, $11::uuid))
       order by at desc, id desc
       limit $12
     ) ledger
     ${customerNow}
     left join customers.profiles profile on profile.customer_id = customer.id
     order by ledger.at desc, ledger.id desc`,
    [
      workspaceId, filter.whom !== null, filter.whom?.family ?? [], filter.whom?.hashes ?? [], filter.decision, filter.reason, filter.referenceId, filter.from, filter.until,
      page.before?.at ?? null, page.before?.id ?? null, page.limit,
    ],
  );
  return rows;
};

/** Requests of a period by what was decided. */
export const countOutcomes = async (
  db: Queryable,
  workspaceId: string,
  period: { from: Date; until: Date },
): Promise<{ decision: "asked" | "not_asked"; reason: LedgerReason | null; requests: number }[]> => {
  const { rows } = await db.query<{ decision: "asked" | "not_asked"; reason: LedgerReason | null; requests: number }>(
    `select decision, reason, count(*) as requests
     from customers.contact_ledger
     where workspace_id = $1 and at >= $2 and at < $3 and decision <> 'answered'
     group by 1, 2
     order by 1, 3 desc, 2`,
    [workspaceId, period.from, period.until],
  );
  return rows;
};

export type ReplayRow = {
  /** The customer of today, else the hash of the address: rows of one person come one after the other. */
  person: string; customerId: string | null; at: Date; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind; referenceType: string; referenceId: string;
  referenceLabel: string | null; isReminder: boolean; decision: "asked" | "not_asked" | "answered"; reason: LedgerReason | null;
  /** JSON as text: it is read once where many rows say the same. */
  standing: string;
};

/** Opens a cursor over the requests of a period and the contacts before it, person by person and in the order of time.
 *  The database sorts on disk; here only one batch is held.
 *  @param period `every`: only each so-manieth person, evenly by a hash, with all of her requests; 1 for all */
export const openReplay = async (
  tx: Queryable,
  workspaceId: string,
  period: { since: Date; from: Date; until: Date; every: number },
): Promise<(limit: number) => Promise<ReplayRow[]>> => {
  await tx.query(
    `declare replay no scroll cursor for
     select whose.person, customer.id as "customerId", ledger.at, ledger.channel, ledger.purpose, ledger.kind,
       ledger.reference_type as "referenceType", ledger.reference_id as "referenceId", ledger.reference_label as "referenceLabel", ledger.is_reminder as "isReminder",
       ledger.decision, ledger.reason, ledger.standing::text as standing
     from customers.contact_ledger ledger
     left join (
       with recursive upwards as (
         select id, merged_into_id as next_id, 1 as step from customers.customers where workspace_id = $1 and merged_into_id is not null
         union all
         select upwards.id, customer.merged_into_id, upwards.step + 1
         from upwards
         join customers.customers customer on customer.id = upwards.next_id
         where customer.merged_into_id is not null and upwards.step < 50
       )
       select distinct on (id) id, next_id from upwards order by id, step desc
     ) merged on merged.id = ledger.customer_id
     cross join lateral (select coalesce(merged.next_id, ledger.customer_id) as id) customer
     cross join lateral (select coalesce(customer.id::text, ledger.address_hash, ledger.id::text) as person) whose
     where ledger.workspace_id = $1 and ledger.at >= $2 and ledger.at < $4 and (ledger.at >= $3 or ledger.decision <> 'not_asked')
       and ($5 = 1 or mod(abs(hashtext(whose.person)::bigint), $5) = 0)
     order by 1, ledger.at, ledger.id`,
    [workspaceId, period.since, period.from, period.until, period.every],
  );
  return async (limit) => (await tx.query<ReplayRow>(`fetch ${limit} from replay`)).rows;
};
