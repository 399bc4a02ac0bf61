import type { Change } from "../metrics/metrics.contract.ts";
import type { LevelChange } from "./changes.contract.ts";

const usualRate = 0.05;

/** The change of a metric as alerts decide it, wherever it is told.
 *  @param found what alerts found of it; undefined: they would not look
 *  @returns the change with their p. Where the same weekdays moved the other way than all days together neither is told, and there is none
 *  Source: docs/decisions/0031-one-engine-for-what-changed.md */
export const decideChange = (change: Change, found: LevelChange | undefined): Change => {
  const p = found !== undefined && Math.sign(found.difference) === Math.sign(change.difference ?? 0) ? found.p : null;
  return { ...change, z: null, p, isSignificant: p !== null && p < usualRate };
};
