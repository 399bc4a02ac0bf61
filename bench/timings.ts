// How long pieces of work took, and the queries inside them.
import type { AnalyticsStore } from "../server/platform/analytics/analytics.contract.ts";

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** The time within which this share of the work was done, in ms.
 *  @param times any order; not mutated
 *  @param digits after the point */
export const quantile = (times: readonly number[], share: number, digits = 1): number => {
  const ordered = times.toSorted((one, other) => one - other);
  return Math.round((ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0) * 10 ** digits) / 10 ** digits;
};

type Recorded = { sql: string; values: (string | number | boolean | null)[] };

/** Notes the queries a request makes, so that the bare side runs exactly the same. */
export const recordQueries = (analytics: AnalyticsStore): { start: () => void; stop: () => Recorded[] } => {
  let seen: Recorded[] = [];
  const ask = analytics.query;
  return {
    start: () => {
      seen = [];
      analytics.query = (sql, values = [], options) => {
        seen.push({ sql, values: [...values] });
        return ask(sql, values, options);
      };
    },
    stop: () => {
      analytics.query = ask;
      return seen;
    },
  };
};
