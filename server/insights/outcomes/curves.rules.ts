import type { SurvivalReply } from "./outcomes.contract.ts";
import { compareCurves, countAtRisk, shareAt, survive, type Curve, type Leaving } from "./survival.rules.ts";

export type Unit = SurvivalReply["unit"];
/** Customers of a group who left or were last watched after so many units; `back` came again after they were gone. */
export type GroupSpan = { group: string | null; time: number; left: number; censored: number; back: number };

const CELL_MIN = 5;
const POINTS_MAX = 240;
const MARKS = 5;

/** Curves of the groups, best first and of no group last, with numbers still watched at even times, and the test whether they differ.
 *  @param order names in the order to show them; others follow by size */
export const drawCurves = (spans: readonly GroupSpan[], given: { unit: Unit; order: readonly string[]; comesBack: boolean }): Pick<SurvivalReply, "curves" | "logRank"> => {
  const groups = [...Map.groupBy(spans, ({ group }) => group)].map(([name, own]) => ({ name, leavings: sumUp(own), back: own.reduce((sum, one) => sum + one.back, 0) }));
  const drawn = groups.map((group) => ({ ...group, curve: survive(group.leavings) }));
  const place = (name: string | null): number => (name === null || isUnknown(name) ? 99 : given.order.includes(name) ? given.order.indexOf(name) : 50);
  const ordered = drawn.toSorted((a, b) => place(a.name) - place(b.name) || b.curve.count - a.curve.count);
  const times = markTimes(Math.max(0, ...spans.map(({ time }) => time)), given.unit);
  return {
    curves: ordered.map(({ name, leavings, curve, back }) => {
      const isHidden = curve.count < CELL_MIN;
      return {
        name: name !== null && isUnknown(name) ? null : name, count: curve.count, left: isHidden ? 0 : curve.left, cameBack: given.comesBack && !isHidden ? back : null, isHidden,
        watchedTo: Math.max(0, ...leavings.map(({ time }) => time)),
        points: isHidden ? [] : thin(curve), median: isHidden ? { time: null, low: null, high: null } : curve.median,
        marks: isHidden ? [] : times.map((time) => ({ time, ...shareAt(curve, time), atRisk: countAtRisk(leavings, time) })),
      };
    }),
    logRank: testOf(ordered.filter(({ name, curve }) => name !== null && !isUnknown(name) && curve.count >= CELL_MIN).map(({ leavings }) => leavings)),
  };
};

const isUnknown = (name: string): boolean => name === "" || name === "none";

const testOf = (groups: readonly (readonly Leaving[])[]): SurvivalReply["logRank"] => {
  const tested = compareCurves(groups);
  return tested === null ? null : { statistic: tested.statistic, degrees: tested.degrees, p: tested.p };
};

const sumUp = (spans: readonly GroupSpan[]): Leaving[] => {
  const sums = new Map<number, Leaving>();
  for (const { time, left, censored } of spans) {
    const sum = sums.get(time) ?? { time, left: 0, censored: 0 };
    sums.set(time, { time, left: sum.left + left, censored: sum.censored + censored });
  }
  return [...sums.values()].toSorted((a, b) => a.time - b.time);
};

// More points than pixels say nothing more; the first and the last step always stay.
const thin = ({ steps }: Curve): SurvivalReply["curves"][number]["points"] => {
  const every = Math.max(1, steps.length / POINTS_MAX);
  const kept = steps.filter((_, index) => index === steps.length - 1 || Math.floor(index / every) !== Math.floor((index - 1) / every));
  return kept.map(({ time, share, low, high, atRisk }) => ({ time, share, low, high, atRisk }));
};

const niceSteps: Record<Unit, readonly number[]> = {
  day: [1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365, 730], week: [1, 2, 4, 8, 13, 26, 52, 104], month: [1, 2, 3, 6, 12, 24, 60, 120], year: [1, 2, 5, 10, 20, 50],
};

/** Even times up to the end of the watching, about five. */
export const markTimes = (end: number, unit: Unit): number[] => {
  const step = niceSteps[unit].find((nice) => end / nice <= MARKS) ?? Math.max(1, Math.ceil(end / MARKS));
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
};
