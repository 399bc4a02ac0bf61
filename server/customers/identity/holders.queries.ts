import type { Queryable } from "#platform/db";

/** Every customer the identifiers belong to now or at some time. */
export const listCustomersHolding = async (db: Queryable, identifierIds: readonly number[]): Promise<string[]> => {
  const { rows } = await db.query<{ customerId: string }>(
    `select distinct customer_id as "customerId" from customers.assignments where identifier_id = any ($1::bigint[])`,
    [identifierIds],
  );
  return rows.map((row) => row.customerId);
};

/** The identifiers at both ends of claims. */
export const listEnds = async (db: Queryable, claimIds: readonly number[]): Promise<number[]> => {
  const { rows } = await db.query<{ id: number }>(
    `select strong_identifier_id as id from customers.claims where id = any ($1::bigint[])
     union
     select weak_identifier_id from customers.claims where id = any ($1::bigint[])`,
    [claimIds],
  );
  return rows.map((row) => row.id);
};
