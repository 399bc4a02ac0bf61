import type { Queryable } from "#platform/db";
import { findOwners } from "../identity/resolver.ts";
import { listTraits } from "./traits.queries.ts";
import { traitsAsOf } from "./traits.rules.ts";

/** What is known today of people as they were at a moment each, for many at once.
 *  @returns one list per row, in the same order; single values only, empty for nobody */
export const listTraitsAt = async (
  db: Queryable,
  rows: readonly { workspaceId: string; subject: string | null; at: Date }[],
): Promise<{ name: string; value: string | number | boolean }[][]> => {
  if (rows.every((row) => row.subject === null)) return rows.map(() => []);
  const owners = await findOwners(db, rows);
  const customerIds = [...new Set(owners.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))];
  const said = Map.groupBy(customerIds.length === 0 ? [] : await listTraits(db, customerIds, null), (row) => row.customerId);
  return rows.map(({ at }, place) => {
    const history = (said.get(owners[place]?.customerId ?? "") ?? []).map((row) => ({ ...row, at: row.at.getTime(), recordedAt: row.recordedAt.getTime() }));
    return traitsAsOf(history, at.getTime(), Number.POSITIVE_INFINITY).flatMap(({ name, value }) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [{ name, value }] : []);
  });
};
