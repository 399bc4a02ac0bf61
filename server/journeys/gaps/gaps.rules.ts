// How large a gap is, and whether a touchpoint is the same everywhere.
import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { twoSidedP, z95 } from "../../customers/scores/normal.rules.ts";
import { spreadOf, varianceOf, voicesOf, type CustomerSums } from "../definitions/sums.rules.ts";
import type { DistanceFrom, GapKind } from "./gaps.contract.ts";

export type Reach = { customers: number; known: number; left: number };

/** A gap as it was found. `share`: in how many it was seen, of how many. */
export type FoundGap = {
  kind: GapKind; touchpoint: string; where: string | null; whereId: string | null; map: { id: string; name: string; stepId: string; stepName: string } | null;
  expected: number | null; delivered: number | null; seen: number; of: number; people: number; distance: number | null; p: number | null;
  /** Touchpoints and channels it was measured at, where that is not all of its touchpoint. */
  matches?: readonly { touchpoint: string; channel: string | null }[];
  /** Customers it was counted of, where that is known of each: by when something should have come, and when it came. */
  happened?: readonly Happened[];
  /** A team of which one member alone was felt: its mean is hers. */
  isOfOneMember?: boolean;
};
export type Happened = { customer: string; byMs: number; cameMs: number | null };
/** What a comment was about, where known. */
export type SaidOfGap = {
  touchpoint: string; channel: string | null; member: string | null; team: string | null; place: string | null; customer: string | null; saidMs: number; kind: "expectation" | "promise" | "negative";
};
export type SizedGap = Omit<FoundGap, "distance"> & { key: string; distance: number; distanceFrom: DistanceFrom; leaving: number | null; size: number };

/** Fewest customers of a place, each counted once however often she scored, from which its mean takes part in a comparison. */
export const FEWEST_VOICES = 10;
const FALSE_SHARE = 0.05;
// A quarter of the scale, where no gap tells how much worse customers feel: all are sized alike then, so that it decides nothing of their order.
const USUAL_DISTANCE = 0.5;

/** Customers it surely concerns: all who met it, times the lower end of the share's interval, so that few voices do not speak for many. */
export const concernedBy = (seen: number, of: number, customers: number): number => customers * (wilsonInterval(seen, of)?.low ?? 0);

/** Sizes gaps and puts the largest first: customers, times how much worse they feel, times how many leave afterwards.
 *  @param reachOf how many met a touchpoint, and of those that long ago how many were not seen again */
export const sizeGaps = (gaps: readonly FoundGap[], reachOf: (touchpoint: string) => Reach | undefined): SizedGap[] => {
  const distances = gaps.flatMap(({ distance }) => (distance === null ? [] : [distance]));
  const usual = distances.length === 0 ? USUAL_DISTANCE : distances.reduce((sum, one) => sum + one, 0) / distances.length;
  const sized = gaps.map((gap): SizedGap => {
    const reach = reachOf(gap.touchpoint);
    const leaving = reach === undefined || reach.known === 0 ? null : reach.left / reach.known;
    const distance = gap.distance ?? usual;
    const distanceFrom = gap.distance !== null ? "told" : distances.length > 0 ? "other_gaps" : "assumed";
    return { ...gap, key: keyOf(gap), distance, distanceFrom, leaving, size: gap.people * distance * (leaving ?? 1) };
  });
  return sized.toSorted((one, other) => other.size - one.size || other.people - one.people || (one.key < other.key ? -1 : 1));
};

const keyOf = ({ kind, touchpoint, where, whereId, map }: FoundGap): string => JSON.stringify([kind, touchpoint, whereId ?? where, ...(map === null ? [] : [map.id, map.stepId])]);

// Who waited speaks of it when it came or when it did not, not months later.
const SPOKEN_WITHIN_MS = 30 * 86_400_000;

/** Whether a comment was counted in a gap or said where it was measured: of what came late or not at all, by somebody it was counted of. Rather no
 *  example than one of somebody else. */
export const isExampleOf = (word: SaidOfGap, gap: Pick<FoundGap, "kind" | "touchpoint" | "whereId" | "matches" | "happened">): boolean => {
  const isNegativeHere = word.kind === "negative" && word.touchpoint === gap.touchpoint;
  switch (gap.kind) {
    case "expectation":
    case "promise":
      return word.kind === gap.kind && word.touchpoint === gap.touchpoint;
    case "channel":
    case "place":
    case "team":
    case "member":
      return isNegativeHere && word[gap.kind] === gap.whereId;
    case "feeling":
      return word.kind === "negative" && (gap.matches ?? []).some(({ touchpoint, channel }) => touchpoint === word.touchpoint && (channel === null || channel === word.channel));
    case "late":
    case "promise_broken":
      return word.kind === "negative" && (gap.matches ?? []).some(({ touchpoint }) => touchpoint === word.touchpoint)
        && (gap.happened ?? []).some(({ customer, byMs, cameMs }) => customer === word.customer && word.saidMs >= byMs && word.saidMs < (cameMs ?? byMs) + SPOKEN_WITHIN_MS);
  }
};

export type PlaceSums = { place: string; sums: CustomerSums };
/** What is compared are channels, places, teams or members; all are called places here. */
export type Consistency = { mean: number; p: number; places: { place: string; count: number; mean: number; shrunken: number }[] };

/** Whether the means of several places differ more than chance makes them. What one customer says several times at one place is one voice.
 *  @param places those with fewer than ten voices take no part
 *  @returns null with fewer than two; `shrunken`: each mean drawn towards the mean of all, as far as its few voices cannot be told from chance
 *  Source: Cochran's Q with the spread within places pooled; chi-square by Wilson & Hilferty 1931; spread between by DerSimonian & Laird 1986. */
export const comparePlaces = (places: readonly PlaceSums[]): Consistency | null => {
  const used = places.map(({ place, sums }) => ({ place, sums, voices: voicesOf(sums) })).filter(({ voices }) => voices >= FEWEST_VOICES);
  if (used.length < 2) return null;
  const all = used.reduce((sum, { voices }) => sum + voices, 0);
  const within = used.reduce((sum, { sums, voices }) => sum + (spreadOf(sums) / sums.count) * voices, 0) / (all - used.length);
  const means = used.map(({ place, sums, voices }) => ({ place, count: sums.count, voices, mean: sums.sum / sums.count }));
  const mean = means.reduce((sum, one) => sum + one.voices * one.mean, 0) / all;
  const degrees = used.length - 1;
  const show = (shrink: (one: (typeof means)[number]) => number): Consistency["places"] => means.map((one) => ({ place: one.place, count: one.count, mean: one.mean, shrunken: shrink(one) }));
  if (within === 0) return { mean, p: means.every((one) => one.mean === mean) ? 1 : 0, places: show((one) => one.mean) };
  const spread = means.reduce((sum, one) => sum + (one.voices / within) * (one.mean - mean) ** 2, 0);
  const weights = all / within;
  const between = Math.max(0, (spread - degrees) / (weights - means.reduce((sum, one) => sum + (one.voices / within) ** 2, 0) / weights));
  return { mean, p: chiSquareP(spread, degrees), places: show((one) => mean + (between / (between + within / one.voices)) * (one.mean - mean)) };
};

/** Which of many comparisons show a difference beyond chance, when at most one in twenty of them may be chance. */
export const differBeyondChance = (found: readonly { p: number }[]): boolean[] => passesFalseDiscovery(found.map(({ p }) => p), FALSE_SHARE);

/** How likely a chi-square of so many degrees is at least so large; right to two decimals. Source: Wilson & Hilferty, PNAS 1931. */
export const chiSquareP = (value: number, degrees: number): number => {
  const share = 2 / (9 * degrees);
  const z = (Math.cbrt(value / degrees) - (1 - share)) / Math.sqrt(share);
  return z > 0 ? twoSidedP(z) / 2 : 1 - twoSidedP(z) / 2;
};

/** Mean of scores with the upper end of its 95 % interval; null with fewer than ten voices. */
export const feelingOf = (sums: CustomerSums): { mean: number; high: number } | null => {
  const voices = voicesOf(sums);
  if (voices < FEWEST_VOICES) return null;
  const mean = sums.sum / sums.count;
  return { mean, high: mean + z95 * Math.sqrt(varianceOf(sums) / voices) };
};
