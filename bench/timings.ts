// How long pieces of work took, and the queries inside them.
import { readFileSync } from "node:fs";
import type { AnalyticsStore } from "../server/platform/analytics/analytics.contract.ts";

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** Processor time this process and those it started itself have used, in ms; null where the system does not tell. */
export const processorMs = (): number | null => {
  const pids = [String(process.pid), ...(readText(`/proc/${process.pid}/task/${process.pid}/children`)?.split(" ").filter((pid) => pid !== "") ?? [])];
  const stats = pids.flatMap((pid) => readText(`/proc/${pid}/stat`) ?? []);
  return stats.length === 0 ? null : stats.reduce((sum, stat) => sum + processorMsOf(stat), 0);
};

/** @param stat a process as Linux tells it: fields 14 and 15, user and system time in ticks of 10 ms; the name in brackets before them may hold blanks */
export const processorMsOf = (stat: string): number => {
  const times = stat.replace(/^.*\) /, "").split(" ");
  return (Number(times[11]) + Number(times[12])) * 10;
};

export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
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
