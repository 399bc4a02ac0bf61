// Where a factor stands on the map of importance and performance.
import type { Driver } from "./drivers.contract.ts";

/** improve_first: matters, and is rated low · keep: matters, and is rated high · watch: matters less, and is rated low · maintain: matters less, and is rated high. */
export type Quadrant = "improve_first" | "keep" | "watch" | "maintain";

/** Lines of the map: the share each factor would have if all mattered alike, and the mean rating of these factors on 0–100. */
export type MapLines = { importance: number; performance: number };

/** `isCertain`: neither interval crosses its line, so that other people would hardly have put it elsewhere. */
export type Placed = { factor: string; quadrant: Quadrant; isCertain: boolean };

/** @param all how many factors share the explained variance; the map may show fewer, since not all of them are rated
 *  @returns null where there are no factors */
export const linesOf = (factors: readonly Driver[], all = factors.length): MapLines | null =>
  factors.length === 0 ? null : { importance: 1 / all, performance: factors.reduce((sum, { performance }) => sum + performance, 0) / factors.length };

/** Source: importance-performance analysis, Martilla & James, J. of Marketing 41(1), 1977, with derived instead of stated importance. */
export const placeOnMap = (factor: Driver, lines: MapLines): Placed => {
  const { lmgShare, lmgShareLow, lmgShareHigh, performance, performanceLow, performanceHigh } = factor;
  const isImportant = (lmgShare ?? 0) >= lines.importance;
  const isHigh = performance >= lines.performance;
  const isClear = (low: number | null, high: number | null, line: number): boolean => low !== null && high !== null && (low > line || high < line);
  return {
    factor: factor.factor,
    quadrant: isImportant ? (isHigh ? "keep" : "improve_first") : isHigh ? "maintain" : "watch",
    isCertain: isClear(lmgShareLow, lmgShareHigh, lines.importance) && isClear(performanceLow, performanceHigh, lines.performance),
  };
};
