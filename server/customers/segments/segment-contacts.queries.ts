import type { Queryable } from "#platform/db";

/** Name, e-mail address and number of customers known today by these ids, which must be present ones (not merged away). */
export const listContactRows = async (
  db: Queryable,
  customerIds: readonly string[],
): Promise<{ customerId: string; name: string; email: string | null; phone: string | null }[]> => {
  const { rows } = await db.query<{ customerId: string; name: string; email: string | null; phone: string | null }>(
    `select profile.customer_id as "customerId", profile.name, profile.email, number.value as phone
     from customers.profiles profile
     left join lateral (
       select identifier.value
       from customers.assignments assignment
       join customers.identifiers identifier on identifier.id = assignment.identifier_id
       where assignment.customer_id = profile.customer_id and identifier.kind = 'phone' and not identifier.is_blocked and assignment.valid_to = 'infinity'
       order by identifier.id
       limit 1
     ) number on true
     where profile.customer_id = any ($1::uuid[])
     order by profile.customer_id`,
    [customerIds],
  );
  return rows;
};
