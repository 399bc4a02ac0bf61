import { createTimeReader } from "./convert.rules.ts";
import type { DateOrders } from "./imports.contract.ts";
import type { Mapping } from "./mapping.contract.ts";
import type { ReadLimits } from "./row-source.contract.ts";
import { readRows } from "./row-source.ts";
import { dateOrderOf, hasDateOrder } from "./times.rules.ts";

/** Files put together from several sources change the order far behind the first rows, and every preview reads them anew: some hundred milliseconds. */
const mostRows = 50_000;

/** Counts in which order day and month stand in the times of a file, so that a mixture is told before anything is imported.
 *  @returns null when the format of the mapping leaves no order open */
export const countDateOrders = async (path: string, mapping: Mapping, limits: ReadLimits): Promise<DateOrders | null> => {
  if (!hasDateOrder(mapping.time.format) || !mapping.columns.some(({ use }) => use.use === "time")) return null;
  const timeOf = createTimeReader(mapping);
  const counts: DateOrders = { rows: 0, isWhole: true, dayFirst: 0, monthFirst: 0, either: 0 };
  for await (const batch of readRows(path, mapping.read, limits)) {
    for (const row of batch.rows) {
      if (counts.rows >= mostRows) return { ...counts, isWhole: false };
      counts.rows += 1;
      const order = dateOrderOf(timeOf(row));
      if (order !== null) counts[order] += 1;
    }
  }
  return counts;
};
