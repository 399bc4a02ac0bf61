import type { Queryable } from "#platform/db";
import type { ContactReference } from "./contact-policy.contract.ts";

/** Rows are written in the order of customers, so that two who plan the same survey at once never wait for each other in a circle.
 *  A customer who is gone meanwhile is left out. */
export const upsertPlans = async (
  tx: Queryable,
  { workspaceId, reference, people }: { workspaceId: string; reference: ContactReference; people: readonly { customerId: string; dueAt: Date }[] },
): Promise<void> => {
  await tx.query(
    `insert into customers.contact_plans as plan (workspace_id, customer_id, reference_type, reference_id, due_at)
     select $1, customer.id, $2, $3, min(given.due_at)
     from unnest($4::uuid[], $5::timestamptz[]) given (customer_id, due_at)
     join customers.customers customer on customer.workspace_id = $1 and customer.id = given.customer_id
     group by customer.id
     order by customer.id
     on conflict (workspace_id, reference_type, reference_id, customer_id) do update set due_at = excluded.due_at`,
    [workspaceId, reference.type, reference.id, people.map(({ customerId }) => customerId), people.map(({ dueAt }) => dueAt)],
  );
};
