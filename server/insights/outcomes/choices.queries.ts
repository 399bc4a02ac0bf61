import type { AnalyticsStore } from "#platform/analytics";
import { DAY_MS, purchasesNamed, startPieces } from "./outcome-pieces.queries.ts";

/** Days that nine of ten gaps between two purchases of one customer stay under; null without any gap. */
export const findUsualGap = async (analytics: AnalyticsStore, workspaceId: string, { purchase: names, orders }: { purchase: readonly string[]; orders: readonly string[] }): Promise<number | null> => {
  const pieces = startPieces(workspaceId);
  const [row] = await analytics.query(
    `with bought as (${purchasesNamed(pieces, { workspaceId, endMs: Number.MAX_SAFE_INTEGER, segments: null, orders }, names)})
     select ${analytics.dialect.quantile(0.9, "gap")} as gap
     from (select ms - lag(ms) over (partition by customer order by ms) as gap from (select distinct customer, ms from bought) times) gaps
     where gap is not null`,
    pieces.values,
  );
  return row?.["gap"] == null ? null : Number(row["gap"]) / DAY_MS;
};
