// What differs between two looks at the same steps of a map.
import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { comparedMin } from "../../customers/scores/evidence.rules.ts";
import { twoSidedP, z95 } from "../../customers/scores/normal.rules.ts";
import type { OverlayDifference, OverlayReply, OverlayStep } from "./overlays.contract.ts";

type Compared = OverlayReply["comparison"][number];
type Sides = { customers: number; steps: readonly OverlayStep[] };
type Found = Omit<OverlayDifference, "isSignificant"> & { p: number };

/** Share of the differences told that may be chance: a map of thirty steps is compared in two hundred ways. */
const FALSE_SHARE = 0.05;

/** What differs, first minus second. Whoever is on both sides counts as two, which makes intervals rather too wide than too narrow.
 *  Source: z test of two means; of two shares as metrics compare them (one success and one failure added to each side: Agresti & Caffo 2000); of two medians
 *  from their own intervals (Zou & Donner, Stat. Med. 2008); Benjamini & Hochberg over all of them. */
export const compareOverlays = (first: Sides, second: Sides): Compared[] => {
  const found = first.steps.map((one, at) => compareStep(one, second.steps[at], [first.customers, second.customers]));
  const all = found.flatMap(({ needs, ...lanes }) => [...Object.values(lanes).filter((lane) => lane !== null), ...needs.map(({ unmet }) => unmet)]);
  const passes = passesFalseDiscovery(all.map(({ p }) => p), FALSE_SHARE);
  const passing = new Set(all.filter((_, at) => passes[at] === true));
  const judge = (one: Found): OverlayDifference => ({ difference: one.difference, low: one.low, high: one.high, isSignificant: passing.has(one) && (one.low > 0 || one.high < 0) });
  const show = (one: Found | null): OverlayDifference | null => (one === null ? null : judge(one));
  return found.map(({ share, feeling, effort, promises, time, withinPlanned, needs }, at) => ({
    stepId: first.steps[at]?.stepId ?? "", share: show(share), feeling: show(feeling), effort: show(effort), promises: show(promises), time: show(time), withinPlanned: show(withinPlanned),
    needs: needs.map(({ need, unmet }) => ({ need, unmet: judge(unmet) })),
  }));
};

type ComparedLanes = Record<Exclude<keyof Compared, "stepId" | "needs">, Found | null> & { needs: { need: Compared["needs"][number]["need"]; unmet: Found }[] };

const compareStep = (one: OverlayStep, other: OverlayStep | undefined, [all, otherAll]: readonly [number, number]): ComparedLanes => ({
  share: compareShares([one.customers, all], [other?.customers ?? 0, otherAll]),
  feeling: compareMeans(one.feeling.measured, other?.feeling.measured),
  effort: compareEffort(one.effort, other?.effort ?? null),
  promises: compareShares(keptOf(one), keptOf(other)),
  time: compareMedians(one.next, other?.next ?? null),
  withinPlanned: compareShares(inTimeOf(one), inTimeOf(other)),
  needs: one.needs.flatMap((need) => {
    const unmet = compareShares(unmetOf(need), unmetOf(other?.needs.find((known) => known.need === need.need)));
    return unmet === null ? [] : [{ need: need.need, unmet }];
  }),
});

/** Those it holds for, of how many different customers. */
type Share = readonly [holding: number, all: number];

// Several promises or comments of one customer go together, so customers are counted.
const keptOf = (step: OverlayStep | undefined): Share => {
  if (step?.promises === null || step?.promises === undefined) return [0, 0];
  const { kept, broken, customers } = step.promises;
  const voices = Math.min(customers, kept + broken);
  return [(voices * kept) / (kept + broken), voices];
};
const inTimeOf = (step: OverlayStep | undefined): Share => (step?.withinPlanned === null || step?.withinPlanned === undefined || step.next === null ? [0, 0] : [step.withinPlanned * step.next.customers, step.next.customers]);
const unmetOf = (need: OverlayStep["needs"][number] | undefined): Share => (need === undefined ? [0, 0] : [(need.voices * (need.unmet + need.mixed)) / (need.met + need.unmet + need.mixed), need.voices]);

const compareShares = ([count, all]: Share, [otherCount, otherAll]: Share): Found | null => {
  if (all === 0 || otherAll === 0) return null;
  const [one, other] = [(count + 1) / (all + 2), (otherCount + 1) / (otherAll + 2)];
  return around(count / all - otherCount / otherAll, one - other, Math.sqrt((one * (1 - one)) / (all + 2) + (other * (1 - other)) / (otherAll + 2)));
};

type Estimate = { mean: number; low: number | null; high: number | null; count: number };

const compareMeans = (one: Estimate | null, two: Estimate | null | undefined): Found | null => {
  if (one === null || two === null || two === undefined || one.count < comparedMin || two.count < comparedMin || one.low === null || one.high === null || two.low === null || two.high === null) return null;
  return between(one.mean - two.mean, { mean: one.mean, low: one.low, high: one.high }, { mean: two.mean, low: two.low, high: two.high });
};

const compareEffort = (one: OverlayStep["effort"], other: OverlayStep["effort"]): Found | null => {
  if (one?.kind === "asked" && other?.kind === "asked") return compareMeans(one, other);
  if (one?.kind === "repeats" && other?.kind === "repeats") return compareMeans({ ...one, mean: one.perCustomer }, { ...other, mean: other.perCustomer });
  return null;
};

const compareMedians = (one: OverlayStep["next"], other: OverlayStep["next"]): Found | null =>
  one === null || other === null ? null : compareMeans({ mean: one.medianSeconds, low: one.lowSeconds, high: one.highSeconds, count: one.customers }, { mean: other.medianSeconds, low: other.lowSeconds, high: other.highSeconds, count: other.customers });

type Interval = { mean: number; low: number; high: number };

/** From the intervals of both sides, also where these lie unevenly around the middle. */
const between = (difference: number, one: Interval, two: Interval): Found => {
  const [low, high] = [difference - Math.hypot(one.mean - one.low, two.high - two.mean), difference + Math.hypot(one.high - one.mean, two.mean - two.low)];
  // The end that lies towards zero tells how far away zero is.
  const error = (difference > 0 ? difference - low : high - difference) / z95;
  return { difference, low, high, p: pOf(difference, error) };
};

const around = (difference: number, centre: number, error: number): Found => ({ difference, low: centre - z95 * error, high: centre + z95 * error, p: pOf(centre, error) });

const pOf = (difference: number, error: number): number => (error > 0 ? twoSidedP(difference / error) : difference === 0 ? 1 : 0);
