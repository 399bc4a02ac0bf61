// Tiles of needs from facts: the share of cases over the limit, in the shape in which tiles show metrics.
import { evidenceOf } from "#customers";
import type { Services } from "#platform/services";
import { isOfSegments } from "../metrics/metric-kinds.rules.ts";
import { metricsErrors } from "../metrics/selection.ts";
import { showNeedFactCourse } from "../need-facts/case-days.ts";
import { showNeedFactGroups } from "../need-facts/case-groups.ts";
import { defineFact, titleOfFact } from "../need-facts/need-fact-definitions.rules.ts";
import { needFactSplit, needFactsQuery, type MeasureName, type NeedFact, type NeedFactCourseReply } from "../need-facts/need-facts.contract.ts";
import { showNeedFact } from "../need-facts/need-facts.ts";
import { bucketFor, entriesOf } from "./board-period.rules.ts";
import { measureOfFact, type FactKey, type FactTile, type Measured, type TileFilters, type TileNumbers } from "./tiles.contract.ts";

type Asked = { days: { from: string; to: string }; filters: TileFilters; period: { from: string; to: string } };
type Share = NeedFact["over"];

const unit = "percent_over";
const scale = { min: 0, max: 1 };

/** Measures tiles one after the other: together they would take the memory of the store from each other. */
export const createFactTiles = (services: Services, workspaceId: string): ((tile: FactTile, asked: Asked) => Promise<TileNumbers>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (tile, asked) => {
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
  const course = tile.chart === "number" || tile.chart === "trend" ? await showNeedFactCourse(services, workspaceId, { ...query, bucket: (tile.chart === "trend" ? tile.bucket : null) ?? bucketFor(asked.days) }) : null;
  return {
    state: "measured", tileId: tile.id, asked: { period: asked.period, filters: asked.filters }, isWeighted: false, definition: defineFact(measure, { limit: fact.limit, names: fact.facts }),
    fact: { measure, unit: fact.unit, limit: fact.limit, ageDays: course?.ageDays ?? null, ripeUntil: course?.ripeUntil ?? null },
    summary: tile.chart === "number" ? summaryOf(tile.metric, fact) : null,
    previous: tile.chart === "number" ? previous : null,
    trend: course === null ? null : trendOf(tile.metric, course, asked.period),
    breakdown: tile.chart === "bars" || tile.chart === "table" ? await breakdownOf(services, workspaceId, { tile, query, period: asked.period }) : null,
    breaks: tile.chart === "trend" ? [] : null, bands: null, heat: null, answers: null,
  };
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

type SplitAsked = { tile: FactTile & { chart: "bars" | "table" }; query: Parameters<typeof showNeedFact>[2]; period: Asked["period"] };

const breakdownOf = async (services: Services, workspaceId: string, { tile, query, period }: SplitAsked): Promise<NonNullable<Measured["breakdown"]>> => {
  const by = needFactSplit.safeParse(tile.split);
  const title = titleOfFact(query.measure);
  if (!by.success) throw metricsErrors.refuse("split_not_for_metric", `"${title}" cannot be split by ${tile.split}. Choose another way to split it.`);
  const { total, groups, groupsLeftOut, hiddenGroups, overlaps } = await showNeedFactGroups(services, workspaceId, { ...query, by: by.data });
  return {
    metric: tile.metric, title, unit, by: by.data, period, scale, otherScales: [], total: scored(total.count, total.over), groupsLeftOut, hiddenGroups, overlaps,
    asOf: isOfSegments(by.data) ? "now" : "answer",
    groups: groups.map(({ value, label, count, over, versusRest }) => ({ value, label, ...scored(count, over), versusRest: versusRest === null ? null : { ...versusRest, difference: 100 * versusRest.difference } })),
  };
};
