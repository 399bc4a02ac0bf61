import type { Queryable } from "#platform/db";

/** Has the database look at what its tables of customers hold now. After very much came at once it plans by what it knew before, for a minute or so,
 *  and a question to which a hundredth of a second is enough takes twenty. */
export const refreshStatistics = async (db: Queryable): Promise<void> => {
  await db.query("analyze customers.activity, customers.identifiers, customers.assignments, customers.interactions, customers.perceptions, customers.traits");
};
