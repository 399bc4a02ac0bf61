import type { Queryable } from "#platform/db";
import type { NotAsked } from "./contact-policy.contract.ts";
import type { Standing } from "./contact-policy.rules.ts";

// Nothing was looked up about these people.
const UNKNOWN: Standing = { stopped: null, consent: "none", blocked: null, timeZone: "UTC", holdOutPoint: null, relationshipDueAt: null };

/** Rows of people who were erased meanwhile are left out. */
export const insertNotAsked = async (
  tx: Queryable,
  what: NotAsked,
  people: readonly { id: string; key: string; customerId: string | null; addressHash: string | null }[],
): Promise<void> => {
  await tx.query(
    `insert into customers.contact_ledger (
       id, workspace_id, key, customer_id, address_hash, channel, purpose, kind, reference_type, reference_id, reference_label, is_reminder, at, decision, reason, standing
     )
     select given.id, $1, given.key, given.customer_id, given.address_hash, $6, $7, $8, $9, $10, $11, $12, $13, 'not_asked', $14, $15
     from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[]) as given (id, key, customer_id, address_hash)
     where given.customer_id is null
       or exists (select 1 from customers.customers customer where customer.workspace_id = $1 and customer.id = given.customer_id)
     on conflict (workspace_id, key) do nothing`,
    [
      what.workspaceId, people.map(({ id }) => id), people.map(({ key }) => key), people.map(({ customerId }) => customerId), people.map(({ addressHash }) => addressHash),
      what.channel, what.purpose, what.kind, what.reference.type, what.reference.id, what.reference.label ?? null, what.isReminder, what.at, what.reason, JSON.stringify(UNKNOWN),
    ],
  );
};
