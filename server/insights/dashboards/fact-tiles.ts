// Tiles of needs from facts: the share of cases over the limit, in the shape in which tiles show metrics.
import { evidenceOf } from "#customers";
import type { Services } from "#platform/services";
import type { AnswersReader } from "../metrics/answers.ts";
import { isOfSegments } from "../metrics/metric-kinds.rules.ts";
import type { BucketName } from "../metrics/metrics.contract.ts";
import { metricsErrors } from "../metrics/selection.ts";
import { showNeedFactCells } from "../need-facts/case-cells.ts";
import { showNeedFactCourse } from "../need-facts/case-days.ts";
import { showNeedFactGroups } from "../need-facts/case-groups.ts";
import { defineFact, titleOfFact } from "../need-facts/need-fact-definitions.rules.ts";
import { needFactSplit, needFactsQuery, type MeasureName, type NeedFact, type NeedFactCourseReply, type NeedFactSplit } from "../need-facts/need-facts.contract.ts";
import { listNeedFactCases, showNeedFact, showNeedFactSpread } from "../need-facts/need-facts.ts";
import { bucketFor, entriesOf } from "./board-period.rules.ts";
import { measureOfFact, type FactKey, type FactTile, type Measured, type TileFilters, type TileNumbers } from "./tiles.contract.ts";

type Asked = { days: { from: string; to: string }; filters: TileFilters; period: { from: string; to: string } };
type Share = NeedFact["over"];

const unit = "percent_over";
const scale = { min: 0, max: 1 };

const GROUPS_OVER_TIME = 8;
const CASES_MAX = 20;

/** Measures tiles one after the other: together they would take the memory of the store from each other. */
export const createFactTiles = (services: Services, workspaceId: string, { seesCustomers }: AnswersReader): ((tile: FactTile, asked: Asked) => Promise<TileNumbers>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (tile, asked) => {
    // A list of cases is one of customers.
    if (tile.chart === "answers" && !seesCustomers) return Promise.resolve({ state: "excluded", tileId: tile.id, reason: "personal" });
    const measured = last.then(() => measureFactTile(services, workspaceId, tile, asked));
    last = measured.catch(() => null);
    return measured;
  };
};

/** @throws filter_not_for_metric, split_not_for_metric and those of the filters */
const measureFactTile = async (services: Services, workspaceId: string, tile: FactTile, asked: Asked): Promise<TileNumbers> => {
  const measure = measureOfFact(tile.metric);
  refuseWrongFilters(measure, asked.filters);
  const query = { ...asked.days, ...Object.fromEntries(entriesOf(asked.filters)), measure };
  const { fact, previous } = await showNeedFact(services, workspaceId, query);
  if (fact === null || fact.facts.length === 0) return { state: "excluded", tileId: tile.id, reason: "nothing_to_measure" };
  const base: Measured = {
    state: "measured", tileId: tile.id, asked: { period: asked.period, filters: asked.filters }, isWeighted: false, definition: defineFact(measure, { limit: fact.limit, names: fact.facts }),
    fact: { measure, unit: fact.unit, limit: fact.limit, ageDays: null, ripeUntil: null },
    summary: null, previous: null, trend: null, breaks: null, breakdown: null, bands: null, heat: null, answers: null, spread: null, cases: null,
  };
  const given: Given = { services, workspaceId, query, period: asked.period };
  switch (tile.chart) {
    case "number":
      return { ...base, ...(await courseOf(given, tile.metric, base, bucketFor(asked.days))), summary: summaryOf(tile.metric, fact), previous };
    case "trend":
      return { ...base, ...(await courseOf(given, tile.metric, base, tile.bucket ?? bucketFor(asked.days))), breaks: [] };
    case "bars":
    case "table":
      return { ...base, breakdown: await breakdownOf(given, tile) };
    case "heat":
      return { ...base, ...(await heatOf(given, tile, base, tile.bucket ?? bucketFor(asked.days))) };
    case "distribution":
      // A distribution shows no change, and so none that is tested with those of other tiles.
      return { ...base, summary: { ...summaryOf(tile.metric, fact), change: null }, spread: await showNeedFactSpread(services, workspaceId, query) };
    case "answers":
      return { ...base, cases: (await listNeedFactCases(services, workspaceId, { ...query, over: "true", limit: CASES_MAX })).items };
  }
};

type Given = { services: Services; workspaceId: string; query: Parameters<typeof showNeedFact>[2]; period: Asked["period"] };

const courseOf = async ({ services, workspaceId, query, period }: Given, metric: FactKey, { fact }: Measured, bucket: BucketName): Promise<Pick<Measured, "fact" | "trend">> => {
  const course = await showNeedFactCourse(services, workspaceId, { ...query, bucket });
  return { fact: fact && { ...fact, ageDays: course.ageDays, ripeUntil: course.ripeUntil }, trend: trendOf(metric, course, period) };
};

const refuseWrongFilters = (measure: MeasureName, filters: TileFilters): void => {
  const wrong = entriesOf(filters).find(([name]) => !(name in needFactsQuery.shape));
  if (wrong !== undefined) throw metricsErrors.refuse("filter_not_for_metric", `"${titleOfFact(measure)}" cannot be narrowed by ${wrong[0]}: facts are of no survey and no comment. Take this filter away.`);
};

const inPercent = (share: Share) => ({ score: share === null ? null : 100 * share.share, low: percent(share?.low), high: percent(share?.high) });
const percent = (share: number | null | undefined): number | null => (share === null || share === undefined ? null : 100 * share);
const scored = (count: number, over: Share) => ({ count, ...inPercent(over), evidence: evidenceOf(count), weighted: null });

const summaryOf = (metric: FactKey, fact: NeedFact): NonNullable<Measured["summary"]> => {
  const { change, count, over, measure } = fact;
  return {
    metric, unit, scale, title: titleOfFact(measure), ...scored(count, over), otherScales: [], outOf: null, bands: [], distribution: [], mean: null, share: null,
    definition: defineFact(measure, { limit: fact.limit, names: fact.facts }),
    change: change === null ? null : {
      previousCount: change.previousCount, previousScore: 100 * change.previousShare, previousLow: null, previousHigh: null, difference: 100 * change.difference, z: change.z, p: change.p,
      isSignificant: change.isSignificant, compared: null,
    },
  };
};

const trendOf = (metric: FactKey, { measure, bucket, timeZone, points }: NeedFactCourseReply, period: Asked["period"]): NonNullable<Measured["trend"]> => ({
  metric, unit, scale, bucket, timeZone, period, title: titleOfFact(measure), otherScales: [], points: points.map(({ from, to, count, over }) => ({ from, to, ...scored(count, over) })),
});

type SplitTile = FactTile & { chart: "bars" | "table" | "heat" };

const readSplit = ({ split, metric }: SplitTile): NeedFactSplit => {
  const by = needFactSplit.safeParse(split);
  if (!by.success) throw metricsErrors.refuse("split_not_for_metric", `"${titleOfFact(measureOfFact(metric))}" cannot be split by ${split}. Choose another way to split it.`);
  return by.data;
};

const breakdownOf = async ({ services, workspaceId, query, period }: Given, tile: SplitTile): Promise<NonNullable<Measured["breakdown"]>> => {
  const by = readSplit(tile);
  const { total, groups, groupsLeftOut, hiddenGroups, overlaps } = await showNeedFactGroups(services, workspaceId, { ...query, by });
  return {
    metric: tile.metric, title: titleOfFact(query.measure), unit, by, period, scale, otherScales: [], total: scored(total.count, total.over), groupsLeftOut, hiddenGroups, overlaps,
    asOf: isOfSegments(by) ? "now" : "answer",
    groups: groups.map(({ value, label, count, over, versusRest }) => ({ value, label, ...scored(count, over), versusRest: versusRest === null ? null : { ...versusRest, difference: 100 * versusRest.difference } })),
  };
};

const heatOf = async (given: Given, tile: SplitTile, { fact }: Measured, bucket: BucketName): Promise<Pick<Measured, "fact" | "breakdown" | "heat">> => {
  const breakdown = await breakdownOf(given, tile);
  const rows = breakdown.groups.slice(0, GROUPS_OVER_TIME).map(({ value, label }) => ({ value, label }));
  const { points, ...ripeness } = await showNeedFactCells(given.services, given.workspaceId, { ...given.query, by: readSplit(tile), bucket }, rows.map(({ value }) => value ?? ""));
  return { fact: fact && { ...fact, ...ripeness }, breakdown, heat: rows.map((row) => ({ ...row, points: (points.get(row.value ?? "") ?? []).map(({ from, to, count, over }) => ({ from, to, ...scored(count, over) })) })) };
};
