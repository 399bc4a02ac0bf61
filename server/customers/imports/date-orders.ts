import { keepReadings, type Db } from "#platform/db";
import { createTimeReader } from "./convert.rules.ts";
import type { DateOrders } from "./imports.contract.ts";
import type { Mapping } from "./mapping.contract.ts";
import type { ReadLimits } from "./row-source.contract.ts";
import { readRows } from "./row-source.ts";
import { dateOrderOf, hasDateOrder } from "./times.rules.ts";

/** Files put together from several sources change the order far behind the first rows. */
const mostRows = 50_000;
// So many rows take a second or two, and whoever sets what the columns mean looks at the preview after every step of it.
const keepCounts = keepReadings<DateOrders>({ ms: 600_000, most: 100 });

/** Counts in which order day and month stand in the times of a file, so that a mixture is told before anything is imported. A file that was uploaded stays as
 *  it is, so it is read again only where it is read in another way or its times stand in other columns.
 *  @returns null when the format of the mapping leaves no order open */
export const findDateOrders = async (db: Db, path: string, mapping: Mapping, limits: ReadLimits): Promise<DateOrders | null> => {
  const times = mapping.columns.flatMap(({ column, use }) => (use.use === "time" ? [column] : []));
  if (!hasDateOrder(mapping.time.format) || times.length === 0) return null;
  return keepCounts(db, JSON.stringify([path, mapping.read, times]), () => countDateOrders(path, mapping, limits));
};

const countDateOrders = async (path: string, mapping: Mapping, limits: ReadLimits): Promise<DateOrders> => {
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
