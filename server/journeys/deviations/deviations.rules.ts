// What deviates how often, from variants that were laid on the line.
import { addSums, compareSides, noSums, type Sides, type Sums } from "./comparisons.rules.ts";
import type { Activities } from "./activities.rules.ts";
import type { Deviation, DeviationKind } from "./deviations.contract.ts";

export const measureNames = ["feeling", "effort", "repeatContact", "leaving", "revenue"] as const;
export type MeasureName = (typeof measureNames)[number];

/** Cases that did the same and came alike. `codes` are places among activities, in order. */
export type Variant = { codes: readonly number[]; stratum: string; cases: number; measures: Record<MeasureName, Sums> };
export type LaidMove = { kind: "sync" | "missing" | "adHoc" | "outOfOrder"; traceAt: number | null; lineAt: number | null };
/** Places in the moves are those of the variant itself, failures included. */
export type Laid = { cost: number; fitness: number; moves: readonly LaidMove[] };
export type FoundDeviation = { kind: DeviationKind; at: number | null; touchpoint: string | null };

const kinds = { missing: "missing", adHoc: "ad_hoc", outOfOrder: "out_of_order" } as const;

/** Deviations of one variant, each once however often it happened. */
export const deviationsOf = (codes: readonly number[], { moves }: Laid, { activities }: Activities): FoundDeviation[] => {
  const found = moves.flatMap((move): FoundDeviation[] => {
    if (move.kind === "sync") return [];
    const activity = move.traceAt === null ? undefined : activities[codes[move.traceAt] ?? -1];
    if (move.kind === "adHoc") return [{ kind: "ad_hoc", at: null, touchpoint: activity?.touchpoint ?? null }];
    return [{ kind: kinds[move.kind], at: move.lineAt ?? activity?.steps[0] ?? null, touchpoint: null }];
  });
  const failed = [...new Set(codes)].flatMap((code) => activities[code]?.failureOf ?? []).map((at): FoundDeviation => ({ kind: "failed", at, touchpoint: null }));
  return [...new Map([...found, ...failed].map((one) => [keyOf(one), one])).values()];
};

export const keyOf = ({ kind, at, touchpoint }: FoundDeviation): string => `${kind} ${at ?? ""} ${touchpoint ?? ""}`;

export type Summary = { cases: number; meanFitness: number | null; asPlanned: number; costs: { cost: number; cases: number }[]; deviations: Deviation[] };

const DEVIATIONS_MAX = 200;
const order: readonly DeviationKind[] = ["missing", "ad_hoc", "out_of_order", "failed"];
const shares: ReadonlySet<MeasureName> = new Set(["repeatContact", "leaving"]);

/** How far everybody is from the map, and what goes with each deviation.
 *  @param laid one per variant, in the same order
 *  @param hasMoney whether sums of money are known at all */
export const summarise = (variants: readonly Variant[], laid: readonly Laid[], named: Activities, hasMoney: boolean): Summary => {
  const cases = variants.reduce((sum, variant) => sum + variant.cases, 0);
  const costs = new Map<number, number>();
  const everybody = new Map<string, Record<MeasureName, Sums>>();
  const found = new Map<string, { deviation: FoundDeviation; cases: number; strata: Map<string, Record<MeasureName, Sums>> }>();
  let fitness = 0;
  for (const [place, variant] of variants.entries()) {
    const own = laid[place];
    if (own === undefined) continue;
    fitness += own.fitness * variant.cases;
    costs.set(own.cost, (costs.get(own.cost) ?? 0) + variant.cases);
    addTo(everybody, variant);
    for (const deviation of deviationsOf(variant.codes, own, named)) {
      const entry = found.get(keyOf(deviation)) ?? { deviation, cases: 0, strata: new Map<string, Record<MeasureName, Sums>>() };
      found.set(keyOf(deviation), entry);
      entry.cases += variant.cases;
      addTo(entry.strata, variant);
    }
  }
  const shown = [...found.values()].toSorted((one, other) => order.indexOf(one.deviation.kind) - order.indexOf(other.deviation.kind) || other.cases - one.cases || (keyOf(one.deviation) < keyOf(other.deviation) ? -1 : 1));
  return {
    cases,
    meanFitness: cases === 0 ? null : fitness / cases,
    asPlanned: costs.get(0) ?? 0,
    costs: [...costs].map(([cost, count]) => ({ cost, cases: count })).toSorted((one, other) => one.cost - other.cost),
    deviations: mostOfEach(shown).map(({ deviation, cases: count, strata }) => showDeviation(deviation, named, { count, cases }, sidesOf(everybody, strata), hasMoney)),
  };
};

// Five thousand touchpoints beside the map must not crowd out what is missing.
const mostOfEach = <One extends { deviation: FoundDeviation }>(found: readonly One[]): One[] => order.flatMap((kind) => found.filter(({ deviation }) => deviation.kind === kind).slice(0, DEVIATIONS_MAX / order.length));

const showDeviation = (found: FoundDeviation, { line }: Activities, { count, cases }: { count: number; cases: number }, sides: (measure: MeasureName) => Sides[], hasMoney: boolean): Deviation => {
  const step = found.at === null ? undefined : line[found.at]?.step;
  const compared = (measure: MeasureName): Deviation["feeling"] => compareSides(sides(measure), shares.has(measure));
  return {
    kind: found.kind, part: step?.id ?? found.touchpoint ?? "", stepId: step?.id ?? null, name: step?.name ?? found.touchpoint ?? "", cases: count, share: count / cases,
    feeling: compared("feeling"), effort: compared("effort"), repeatContact: compared("repeatContact"), leaving: compared("leaving"), revenue: hasMoney ? compared("revenue") : null,
  };
};

const sidesOf = (everybody: ReadonlyMap<string, Record<MeasureName, Sums>>, held: ReadonlyMap<string, Record<MeasureName, Sums>>) => (measure: MeasureName): Sides[] =>
  [...everybody].map(([stratum, all]) => {
    const own = held.get(stratum)?.[measure] ?? noSums;
    const whole = all[measure];
    return { with: own, without: { count: whole.count - own.count, sum: whole.sum - own.sum, squares: whole.squares - own.squares } };
  });

const addTo = (strata: Map<string, Record<MeasureName, Sums>>, { stratum, measures }: Variant): void => {
  const before = strata.get(stratum);
  strata.set(stratum, before === undefined ? measures : {
    feeling: addSums(before.feeling, measures.feeling), effort: addSums(before.effort, measures.effort), repeatContact: addSums(before.repeatContact, measures.repeatContact),
    leaving: addSums(before.leaving, measures.leaving), revenue: addSums(before.revenue, measures.revenue),
  });
};
