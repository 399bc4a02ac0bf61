import type { Queryable } from "#platform/db";

/** Every customer the identifiers belong to now or at some time. */
export const listCustomersHolding = async (db: Queryable, identifierIds: readonly number[]): Promise<string[]> => {
  const { rows } = await db.query<{ customerId: string }>(
    `select distinct customer_id as "customerId" from customers.assignments where identifier_id = any ($1::bigint[])`,
    [identifierIds],
  );
  return rows.map((row) => row.customerId);
};
