import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { testIndependence, type ChiSquare } from "../../feedback/reports/chi-square.rules.ts";
import type { TrendBreak } from "./metrics.contract.ts";

/** Answers of one bucket in one channel on one scale with weights of about one size: `weightClass` is the power of two that is nearest. */
export type MixCount = { key: string; channel: string; scale: string; count: number; weightClass: number; leastWeight: number; mostWeight: number };
/** Comments of one bucket that one model read. */
export type ModelCount = { key: string; model: string; count: number };
/** A bucket of the trend: its name in the counts and when it starts. */
export type MixBucket = { key: string; at: string };

/** Fewer answers than this say little about shares, and an expected count under 5 in many cells spoils the test. */
const fewestAnswers = 30;
/** Fewer than this do not change the scale of a question. */
const fewestOnScale = 10;
/** At most one in a hundred of the marks may be chance; and with many answers every shift is "significant", so it must be of a size that matters:
 *  between small (0.1) and medium (0.3), such as a channel that goes from a fifth to two fifths of all answers.
 *  Source: Cohen, Statistical Power Analysis, 1988, chapter 7 (w, which is Cramér's V of two rows). */
const falseDiscoveryRate = 0.01;
const smallestShift = 0.2;

/** Buckets in which the mix of channels moved, the scale most answers use changed, or weighting began, ended or became another one, against the last
 *  bucket with answers. */
export const findBreaks = (buckets: readonly MixBucket[], counts: readonly MixCount[]): TrendBreak[] => {
  const byKey = Map.groupBy(counts, ({ key }) => key);
  const steps = buckets.map((bucket) => ({ ...bucket, counts: byKey.get(bucket.key) ?? [] }));
  return [...mixBreaks(steps), ...scaleBreaks(steps), ...weightingBreaks(steps)].toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
};

/** Buckets of which most comments were read by another model than those before: while history is read anew, or where that was stopped half-way. */
export const findModelBreaks = (buckets: readonly MixBucket[], counts: readonly ModelCount[]): TrendBreak[] => {
  const byKey = Map.groupBy(counts, ({ key }) => key);
  const steps = buckets.map((bucket) => ({ ...bucket, counts: byKey.get(bucket.key) ?? [] }));
  return pairsOf(steps, fewestOnScale).flatMap(([before, after]) => {
    const [old, now] = [before, after].map((step) => mostUsed(step.counts.map(({ model, count }) => ({ name: model, count }))));
    return old === undefined || now === undefined || old === now ? [] : [broken({ at: after.at, kind: "model", before: old, after: now })];
  });
};

type Step = MixBucket & { counts: readonly MixCount[] };

const mixBreaks = (steps: readonly Step[]): TrendBreak[] => {
  const tests = pairsOf(steps, fewestAnswers).flatMap(([before, after]) => {
    const channels = [...new Set([...before.counts, ...after.counts].map(({ channel }) => channel))];
    const rows = [before, after].map(({ counts }) => channels.map((channel) => sumOf(counts.filter((one) => one.channel === channel))));
    const test = testIndependence(rows);
    return test === null ? [] : [{ at: after.at, test, ...moved(channels, rows) }];
  });
  const passing = passesFalseDiscovery(tests.map(({ test }) => test.p), falseDiscoveryRate);
  return tests.flatMap(({ at, test, lost, gained }, place) => (passing[place] === true && test.cramersV >= smallestShift ? [broken({ at, kind: "channel_mix", before: lost, after: gained, test })] : []));
};

const scaleBreaks = (steps: readonly Step[]): TrendBreak[] =>
  pairsOf(steps, fewestOnScale).flatMap(([before, after]) => {
    const [old = "", now = ""] = [before, after].map((step) => mostUsed(step.counts.map(({ scale, count }) => ({ name: scale, count }))));
    return old === now ? [] : [broken({ at: after.at, kind: "scale", before: old, after: now })];
  });

const weightingBreaks = (steps: readonly Step[]): TrendBreak[] => [
  ...pairsOf(steps, 1).flatMap(([before, after]) => {
    const [was, is] = [isWeighted(before), isWeighted(after)];
    return was === is ? [] : [broken({ at: after.at, kind: is ? "weighting_began" : "weighting_ended", before: null, after: null })];
  }),
  ...otherWeights(steps),
];

// Other targets, another cut or another unit of weights, which were worked out before the answers came: all that is seen of them is how many answers
// weigh little and how many much. Weights of one scheme differ from sample to sample as well, so that only a shift of a size that matters is told.
const otherWeights = (steps: readonly Step[]): TrendBreak[] => {
  const tests = pairsOf(steps, fewestAnswers).flatMap(([before, after]) => {
    if (!isWeighted(before) || !isWeighted(after)) return [];
    const classes = [...new Set([...before.counts, ...after.counts].map(({ weightClass }) => weightClass))];
    const test = testIndependence([before, after].map(({ counts }) => classes.map((one) => sumOf(counts.filter(({ weightClass }) => weightClass === one)))));
    return test === null ? [] : [{ at: after.at, test, before: weightsOf(before), after: weightsOf(after) }];
  });
  const passing = passesFalseDiscovery(tests.map(({ test }) => test.p), falseDiscoveryRate);
  return tests.flatMap(({ at, test, before, after }, place) => (passing[place] === true && test.cramersV >= smallestShift ? [broken({ at, kind: "weighting_changed", before, after, test })] : []));
};

const isWeighted = ({ counts }: Step): boolean => counts.some(({ leastWeight, mostWeight }) => leastWeight !== 1 || mostWeight !== 1);

const weightsOf = ({ counts }: Step): string => {
  const ends = [Math.min(...counts.map(({ leastWeight }) => leastWeight)), Math.max(...counts.map(({ mostWeight }) => mostWeight))];
  return ends.map((end) => String(Number(end.toPrecision(3)))).join("–");
};

type Counted = { counts: readonly { count: number }[] };

/** Neighbours among the buckets with so many answers. */
const pairsOf = <Bucket extends Counted>(steps: readonly Bucket[], fewest: number): [Bucket, Bucket][] => {
  const full = steps.filter(({ counts }) => sumOf(counts) >= fewest);
  return full.slice(1).flatMap((after, place): [Bucket, Bucket][] => {
    const before = full[place];
    return before === undefined ? [] : [[before, after]];
  });
};

/** The channels that lost and gained most of their share. */
const moved = (channels: readonly string[], [before = [], after = []]: readonly (readonly number[])[]): { lost: string; gained: string } => {
  const [was, is] = [before, after].map((row) => row.reduce((sum, one) => sum + one, 0));
  const shifts = channels.map((channel, place) => ({ channel, by: (after[place] ?? 0) / (is ?? 1) - (before[place] ?? 0) / (was ?? 1) })).toSorted((one, other) => one.by - other.by);
  return { lost: shifts[0]?.channel ?? "", gained: shifts.at(-1)?.channel ?? "" };
};

const mostUsed = (counts: readonly { name: string; count: number }[]): string | undefined =>
  [...Map.groupBy(counts, ({ name }) => name)].map(([name, own]) => ({ name, count: sumOf(own) })).toSorted((one, other) => other.count - one.count)[0]?.name;

const sumOf = (counts: readonly { count: number }[]): number => counts.reduce((sum, { count }) => sum + count, 0);

const broken = ({ at, kind, before, after, test }: Pick<TrendBreak, "at" | "kind" | "before" | "after"> & { test?: ChiSquare }): TrendBreak => ({
  at, kind, survey: null, before, after,
  chiSquare: test === undefined ? null : { statistic: test.statistic, degrees: test.degrees, p: test.p, cramersV: test.cramersV },
});
