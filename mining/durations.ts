// How long cases take and how often new ones begin.
import type { EventLog } from "./event-log.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** @returns from the first to the last event of each case; null of a log without cases */
export const measureCases = ({ cases, offsets, times }: EventLog): Spread | null =>
  cases.length === 0 ? null : spreadOf(Float64Array.from(cases, (_, place) => (times[(offsets[place + 1] ?? 0) - 1] ?? 0) - (times[offsets[place] ?? 0] ?? 0)));

/** @returns mean seconds from the start of one case to that of the next; null of fewer than two */
export const meanArrival = ({ cases, offsets, times }: EventLog): number | null => {
  if (cases.length < 2) return null;
  let [first, last] = [Infinity, -Infinity];
  cases.forEach((_, place) => {
    const start = times[offsets[place] ?? 0] ?? 0;
    [first, last] = [Math.min(first, start), Math.max(last, start)];
  });
  return (last - first) / (cases.length - 1) / 1_000;
};
