// What deviates how often, from variants that were laid on the line.
import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { compareAlike, type Clustering, type Comparison, type Sides } from "../definitions/comparisons.rules.ts";
import { addSums, joinSums, noSums, subtractSums, type Sums } from "../definitions/sums.rules.ts";
import { namesOfWays, type Activities } from "./activities.rules.ts";
import type { Deviation, DeviationComparison, DeviationKind } from "./deviations.contract.ts";

export const measureNames = ["feeling", "effort", "repeatContact", "leaving", "revenue"] as const;
export type MeasureName = (typeof measureNames)[number];

/** Cases that did the same and came alike. `codes` are places among activities, in order. */
export type Variant = { codes: readonly number[]; stratum: string; cases: number; measures: Record<MeasureName, Sums> };
/** `fork`: the one of which no way was taken, told once in place of its steps. */
export type LaidMove = { kind: "sync" | "missing" | "adHoc" | "outOfOrder"; traceAt: number | null; lineAt: number | null; fork: number | null };
/** Places in the moves are those of the variant itself, failures included. */
export type Laid = { cost: number; fitness: number; moves: readonly LaidMove[] };
export type FoundDeviation = { kind: DeviationKind; at: number | null; touchpoint: string | null; fork: number | null };

const kinds = { missing: "missing", adHoc: "ad_hoc", outOfOrder: "out_of_order" } as const;

/** Deviations of one variant, each as often as it happened. */
export const deviationsOf = (codes: readonly number[], { moves }: Laid, { activities }: Activities): FoundDeviation[] => {
  const found = moves.flatMap((move): FoundDeviation[] => {
    if (move.kind === "sync") return [];
    const activity = move.traceAt === null ? undefined : activities[codes[move.traceAt] ?? -1];
    if (move.kind === "adHoc") return [{ kind: "ad_hoc", at: null, touchpoint: activity?.touchpoint ?? null, fork: null }];
    return [{ kind: kinds[move.kind], at: move.lineAt ?? activity?.steps[0] ?? null, touchpoint: null, fork: move.fork }];
  });
  const failed = [...new Set(codes)].flatMap((code) => activities[code]?.failureOf ?? []).map((at): FoundDeviation => ({ kind: "failed", at, touchpoint: null, fork: null }));
  return [...found, ...failed];
};

/** What is left of a variant once it was laid: `found` are places among all kinds of deviations, each once. */
export type JudgedVariant = { cost: number; fitness: number; found: readonly number[] };
/** One per variant, in the same order; those that did the same share one. */
export type Judged = { judged: readonly JudgedVariant[]; kinds: readonly FoundDeviation[] };

const LAID_AT_ONCE = 1_000;

/** Lays each variant on the line and keeps of it only what is counted.
 *  @param breathe lets others work every thousand variants */
export const judgeVariants = async (variants: readonly Variant[], named: Activities, lay: (codes: readonly number[]) => Laid, breathe: () => Promise<unknown>): Promise<Judged> => {
  const kinds: FoundDeviation[] = [];
  const places = new Map<string, number>();
  const placeOf = (deviation: FoundDeviation): number => {
    const key = keyOf(deviation);
    const known = places.get(key) ?? kinds.push(deviation) - 1;
    places.set(key, known);
    return known;
  };
  const known = new Map<string, JudgedVariant>();
  const judged: JudgedVariant[] = [];
  for (const { codes } of variants) {
    const key = codes.join(",");
    let own = known.get(key);
    if (own === undefined) {
      const laid = lay(codes);
      own = { cost: laid.cost, fitness: laid.fitness, found: [...new Set(deviationsOf(codes, laid, named).map(placeOf))] };
      known.set(key, own);
    }
    if (judged.push(own) % LAID_AT_ONCE === 0) await breathe();
  }
  return { judged, kinds };
};

/** Different ways with one deviation, those taken most first, however their customers came.
 *  @param wanted its place among all kinds of deviations
 *  @returns places among activities, joined by commas */
export const listWaysWith = ({ variants, judged }: Pick<Judged, "judged"> & { variants: readonly Variant[] }, wanted: number): string[] => {
  const taken = new Map<string, number>();
  for (const [place, { codes, cases }] of variants.entries()) {
    if (judged[place]?.found.includes(wanted) === true) taken.set(codes.join(","), (taken.get(codes.join(",")) ?? 0) + cases);
  }
  return [...taken].toSorted(([one, cases], [other, otherCases]) => otherCases - cases || (one < other ? -1 : 1)).map(([way]) => way);
};

export const keyOf = ({ kind, at, touchpoint, fork }: FoundDeviation): string => `${kind} ${fork === null ? (at ?? "") : `fork ${fork}`} ${touchpoint ?? ""}`;

/** What a deviation is about, as it is asked for: a step, a fork of which no way was taken, or a touchpoint beside the map. */
export const partOf = ({ at, touchpoint, fork }: FoundDeviation, { line }: Activities): string => {
  const step = at === null ? undefined : line[at]?.step;
  return fork === null ? (step?.id ?? touchpoint ?? "") : `fork ${step?.fork?.id ?? fork}`;
};

/** `more`: deviations of each kind beyond those told. */
export type Summary = { cases: number; meanFitness: number | null; asPlanned: number; costs: { cost: number; cases: number }[]; deviations: Deviation[]; more: Record<DeviationKind, number> };

const DEVIATIONS_MAX = 200;
/** Share of the differences told that may be chance: with two hundred deviations and five measures, fifty intervals of 95 % miss zero where nothing goes with anything. */
const FALSE_SHARE = 0.05;
const order: readonly DeviationKind[] = ["missing", "ad_hoc", "out_of_order", "failed"];
const shares: ReadonlySet<MeasureName> = new Set(["repeatContact", "leaving"]);

/** How much more alike cases of one customer are than those of different ones, by measure. */
export type Clusterings = Partial<Record<MeasureName, Clustering>>;

/** How far everybody is from the map, and what goes with each deviation.
 *  @param hasMoney whether sums of money are known at all */
export const summarise = ({ variants, judged, kinds: known, clustering }: Judged & { variants: readonly Variant[]; clustering: Clusterings }, named: Activities, hasMoney: boolean): Summary => {
  const cases = variants.reduce((sum, variant) => sum + variant.cases, 0);
  const costs = new Map<number, number>();
  const everybody = new Map<string, Record<MeasureName, Sums>>();
  const found = new Map<number, { deviation: FoundDeviation; cases: number; strata: Map<string, Record<MeasureName, Sums>> }>();
  let fitness = 0;
  for (const [place, variant] of variants.entries()) {
    const own = judged[place];
    if (own === undefined) continue;
    fitness += own.fitness * variant.cases;
    costs.set(own.cost, (costs.get(own.cost) ?? 0) + variant.cases);
    addTo(everybody, variant);
    for (const one of own.found) {
      const deviation = known[one];
      if (deviation === undefined) continue;
      const entry = found.get(one) ?? { deviation, cases: 0, strata: new Map<string, Record<MeasureName, Sums>>() };
      found.set(one, entry);
      entry.cases += variant.cases;
      addTo(entry.strata, variant);
    }
  }
  const shown = [...found.values()].toSorted((one, other) => order.indexOf(one.deviation.kind) - order.indexOf(other.deviation.kind) || other.cases - one.cases || (keyOf(one.deviation) < keyOf(other.deviation) ? -1 : 1));
  const told = mostOfEach(shown).map(({ deviation, cases: count, strata }) => ({ deviation, count, compared: compareMeasures(sidesOf(everybody, strata), clustering, hasMoney) }));
  const beyondChance = findBeyondChance(told.flatMap(({ compared }) => measureNames.flatMap((measure) => compared[measure]?.comparison ?? [])));
  return {
    cases,
    meanFitness: cases === 0 ? null : fitness / cases,
    asPlanned: costs.get(0) ?? 0,
    costs: [...costs].map(([cost, count]) => ({ cost, cases: count })).toSorted((one, other) => one.cost - other.cost),
    more: countMore(shown),
    deviations: told.map(({ deviation, count, compared }) => showDeviation(deviation, named, { count, cases }, (measure) => showComparison(compared[measure], beyondChance))),
  };
};

// Five thousand touchpoints beside the map must not crowd out what is missing.
const OF_KIND_MAX = DEVIATIONS_MAX / order.length;
const ofKind = <One extends { deviation: FoundDeviation }>(found: readonly One[], kind: DeviationKind): One[] => found.filter(({ deviation }) => deviation.kind === kind);
const mostOfEach = <One extends { deviation: FoundDeviation }>(found: readonly One[]): One[] => order.flatMap((kind) => ofKind(found, kind).slice(0, OF_KIND_MAX));
const countMore = (found: readonly { deviation: FoundDeviation }[]): Summary["more"] => {
  const more = (kind: DeviationKind): number => Math.max(0, ofKind(found, kind).length - OF_KIND_MAX);
  return { missing: more("missing"), ad_hoc: more("ad_hoc"), out_of_order: more("out_of_order"), failed: more("failed") };
};

type ComparedSides = { sides: readonly Sides[]; comparison: Comparison | null };

const compareMeasures = (sides: (measure: MeasureName) => Sides[], clustering: Clusterings, hasMoney: boolean): Record<MeasureName, ComparedSides | null> => {
  const compare = (measure: MeasureName): ComparedSides => ({ sides: sides(measure), comparison: compareAlike(sides(measure), shares.has(measure), clustering[measure]) });
  return { feeling: compare("feeling"), effort: compare("effort"), repeatContact: compare("repeatContact"), leaving: compare("leaving"), revenue: hasMoney ? compare("revenue") : null };
};

/** Of many comparisons some differ by chance alone: which do not is told of all of them together. */
const findBeyondChance = (tested: readonly Comparison[]): ReadonlySet<Comparison> => {
  const passes = passesFalseDiscovery(tested.map(({ p }) => p), FALSE_SHARE);
  return new Set(tested.filter(({ low, high }, at) => passes[at] === true && (low > 0 || high < 0)));
};

const showDeviation = (found: FoundDeviation, named: Activities, { count, cases }: { count: number; cases: number }, compared: (measure: MeasureName) => DeviationComparison | null): Deviation => {
  const step = found.at === null ? undefined : named.line[found.at]?.step;
  const ways = found.fork === null ? [] : namesOfWays(named, found.fork);
  return {
    kind: found.kind, part: partOf(found, named), stepId: step?.id ?? null, name: ways.length > 0 ? ways.join(" / ") : (step?.name ?? found.touchpoint ?? ""), ways, cases: count, share: count / cases,
    feeling: compared("feeling") ?? nothingKnown, effort: compared("effort") ?? nothingKnown, repeatContact: compared("repeatContact") ?? nothingKnown, leaving: compared("leaving") ?? nothingKnown,
    revenue: compared("revenue"),
  };
};

const nothingKnown: DeviationComparison = { with: null, without: null, compared: null };

const showComparison = (compared: ComparedSides | null, beyondChance: ReadonlySet<Comparison>): DeviationComparison | null => {
  if (compared === null) return null;
  const { sides, comparison } = compared;
  return {
    with: shownMean(joinSums(sides.map((one) => one.with))), without: shownMean(joinSums(sides.map((one) => one.without))),
    compared: comparison === null ? null : { with: comparison.with, without: comparison.without, difference: comparison.difference, low: comparison.low, high: comparison.high, isBeyondChance: beyondChance.has(comparison) },
  };
};

const shownMean = ({ count, sum }: Sums): { count: number; mean: number } | null => (count === 0 ? null : { count, mean: sum / count });

const sidesOf = (everybody: ReadonlyMap<string, Record<MeasureName, Sums>>, held: ReadonlyMap<string, Record<MeasureName, Sums>>) => (measure: MeasureName): Sides[] =>
  [...everybody].map(([stratum, all]) => {
    const own = held.get(stratum)?.[measure] ?? noSums;
    return { with: own, without: subtractSums(all[measure], own) };
  });

const addTo = (strata: Map<string, Record<MeasureName, Sums>>, { stratum, measures }: Variant): void => {
  const before = strata.get(stratum);
  strata.set(stratum, before === undefined ? measures : {
    feeling: addSums(before.feeling, measures.feeling), effort: addSums(before.effort, measures.effort), repeatContact: addSums(before.repeatContact, measures.repeatContact),
    leaving: addSums(before.leaving, measures.leaving), revenue: addSums(before.revenue, measures.revenue),
  });
};
