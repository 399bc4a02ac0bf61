import type { z } from "zod";
import { comparedMin, countAnswers, listOffsets, metricNames, previousPeriod, usualBucket, type Period } from "#customers";
import type { Services } from "#platform/services";
import { getMetric } from "./custom-metrics.ts";
import { unitOf } from "./metric-kinds.rules.ts";
import { readRows, refuseWrongFilters, type FoundMetric } from "./metric-rows.ts";
import type { BucketName, MeasureName, MetricFilters, MetricKey, MetricSummary, Scale, summaryQuery, SummaryReply, trendQuery, TrendReply } from "./metrics.contract.ts";
import { tallyBuckets, tallyPeriods, type RowSource, type Selection } from "./metrics.queries.ts";
import { chooseScale, hasUnevenWeights, scoreBucket, summarise, type SameScores, type Settled } from "./metrics.rules.ts";
import { readAskedDays } from "./outreach.ts";
import { answeringDays, bucketOfDay, partsOfAsked } from "./outreach-parts.rules.ts";
import { feelingRows, readingRows } from "./row-sources.queries.ts";
import { readSameCustomers, type Compared } from "./same-customers.ts";
import { readSelection, requireBuckets, requirePeriod, requireScale, showPeriod } from "./selection.ts";
import { countByScale, groupTallies, tallyOn, type Part } from "./tallied-parts.rules.ts";

export { showBreakdown } from "./breakdown.ts";

type Query = z.output<typeof summaryQuery>;
type Asked = { selection: Selection; previous: Period; timeZone: string; filters: MetricFilters };
/** `isSettled`: not all that came in, but what is compared. */
type PeriodPart = Part & { measure: MeasureName; isCurrent: boolean; isSettled?: boolean };

/** NPS, CSAT and CES of a period, or the metrics asked for, each against the period before.
 *  @param compared of which the change is wanted, without it all: of others it is null, and whether the same customers answered twice is not looked up
 *  @throws metric_unknown, filter_not_for_metric and those of the filters */
export const summariseMetrics = async (services: Services, workspaceId: string, query: Query, compared?: readonly MetricKey[]): Promise<SummaryReply> =>
  (await readSummaries(services, workspaceId, query, compared)).reply;

/** The same, and of which metrics many customers answered in both periods, for whoever compares these another way. */
export const readSummaries = async (services: Services, workspaceId: string, query: Query, compared?: readonly MetricKey[]): Promise<{ reply: SummaryReply; same: ReadonlyMap<MetricKey, SameScores> }> => {
  const keys = [...new Set(query.metrics ?? metricNames)];
  const found = await Promise.all(keys.map((key) => getMetric(services, workspaceId, key)));
  for (const one of found) refuseWrongFilters(one, query);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const isOwnComparison = query.compareFrom !== undefined || query.compareTo !== undefined;
  const previous = isOwnComparison
    ? requirePeriod(services, { from: query.compareFrom, to: query.compareTo }, timeZone)
    : previousPeriod(selection, timeZone);
  const parts = await tallyMetrics(services, found, { selection, previous, timeZone, filters: query });
  const prepared = found.map((one, place) => prepare(one, parts[place] ?? [], commentsIn(parts)));
  const isCompared = ({ metric }: Pick<FoundMetric, "metric">): boolean => compared?.includes(metric.key) ?? true;
  const same = await readSameCustomers(services, found.flatMap((one, place) => (isCompared(one) ? comparedOf(one, prepared[place]) : [])), { selection, previous, filters: query, timeZone });
  const metrics = prepared.map((one) => {
    const summary = summarise({ ...one, same: same.get(one.metric.key) ?? null });
    return isCompared(one) ? summary : withoutChange(summary);
  });
  return { reply: { period: showPeriod(selection), previous: showPeriod(previous), timeZone, metrics }, same };
};

const withoutChange = (summary: MetricSummary): MetricSummary => ({ ...summary, change: null, weighted: summary.weighted && { ...summary.weighted, change: null } });

type Prepared = Parameters<typeof summarise>[0];

// What is not tested need not be looked up.
const comparedOf = (found: FoundMetric, one: Prepared | undefined): Compared[] => {
  if (one === undefined) return [];
  const { current, previous } = one.settled ?? one;
  const counts = [countAnswers(current), countAnswers(previous)];
  const measure = { metric: found.metric.measure, scale: one.scale };
  return counts.some((count) => count < comparedMin) ? [] : [{ found, scale: one.scale, count: counts.reduce((sum, count) => sum + count, 0), isWeighted: hasUnevenWeights(measure, current, previous) }];
};

const prepare = ({ metric }: FoundMetric, answers: readonly PeriodPart[], comments: number): Prepared => {
  const ofMetric = answers.filter(({ measure }) => measure === metric.measure);
  const own = ofMetric.filter(({ isSettled }) => isSettled !== true);
  const current = own.filter(({ isCurrent }) => isCurrent);
  // A period without answers still names the scale of the one before.
  const { scale, otherScales } = chooseScale(metric, countByScale(current.length === 0 ? own : current), metric.limits);
  return {
    metric,
    scale,
    otherScales,
    current: tallyOn(scale, current),
    previous: tallyOn(scale, own.filter(({ isCurrent }) => !isCurrent)),
    outOf: metric.source === "readings" && metric.measure !== "sentiment" ? comments : null,
    settled: metric.source === "outreach" ? settledOf(scale, ofMetric.filter(({ isSettled }) => isSettled === true)) : null,
  };
};

const settledOf = (scale: Scale, parts: readonly PeriodPart[]): Settled => {
  const [current, previous] = [parts.filter(({ isCurrent }) => isCurrent), parts.filter(({ isCurrent }) => !isCurrent)];
  return { answeringDays, current: tallyOn(scale, current), previous: tallyOn(scale, previous) };
};

// Every comment that was read has a sentiment.
const commentsIn = (parts: readonly (readonly PeriodPart[])[]): number => {
  const read = parts.find((own) => own.some(({ measure }) => measure === "sentiment")) ?? [];
  return countAnswers(read.filter(({ measure, isCurrent }) => measure === "sentiment" && isCurrent).map(({ box }) => box));
};

/** Sums of each metric asked for, in their order; metrics that stand in the same rows come from one pass over these. */
const tallyMetrics = async (services: Services, found: readonly FoundMetric[], asked: Asked): Promise<PeriodPart[][]> => {
  const { selection, previous, filters } = asked;
  const measuresOf = (source: FoundMetric["metric"]["source"]): MeasureName[] => found.flatMap(({ metric }) => (metric.source === source ? [metric.measure] : []));
  const pass = (source: RowSource): Promise<PeriodPart[]> => (source.measures.length === 0 ? Promise.resolve([]) : tallyPeriods(services.analytics, selection, previous, source));
  const readings = measuresOf("readings");
  const needsAll = readings.length > 0 && !readings.includes("sentiment");
  const shared = {
    feelings: pass(feelingRows(measuresOf("feelings"))),
    readings: pass(readingRows(needsAll ? [...readings, "sentiment"] : readings, filters)),
  };
  const spanned = { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) };
  return Promise.all(found.map(async (one): Promise<PeriodPart[]> => {
    switch (one.metric.source) {
      case "feelings":
        return shared.feelings;
      case "readings":
        return shared.readings;
      case "formula":
        return pass(await readRows(services, selection.workspaceId, one, { period: spanned, filters }));
      case "outreach":
        return tallyAsked(services, asked);
    }
  }));
};

const tallyAsked = async (services: Services, asked: Asked): Promise<PeriodPart[]> => {
  const days = await readAskedDays(services, asked, asked.previous);
  return [true, false].flatMap((isCurrent) =>
    [true, false].flatMap((isSettled) => partsOfAsked(days, "all", { isBefore: !isCurrent, isSettled }).map((part) => ({ ...part, measure: "response_rate" as const, isCurrent, isSettled }))));
};

/** One metric over time, a point for every day, week or month of the period.
 *  @throws metric_unknown, too_many_buckets, scale_not_scoreable, filter_not_for_metric and those of the filters */
export const showTrend = async (services: Services, workspaceId: string, query: z.output<typeof trendQuery>): Promise<TrendReply> => {
  const found = await getMetric(services, workspaceId, query.metric);
  refuseWrongFilters(found, query);
  const { metric } = found;
  const wanted = requireScale(metric, query.scale);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const bucket = query.bucket ?? usualBucket(selection);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const parts = await tallyTrend(services, found, { selection, timeZone, filters: query, bucket });
  const { scale, otherScales } = chooseScale(metric, countByScale(parts), wanted);
  const tallies = groupTallies(parts, scale);
  const measure = { metric: metric.measure, scale };
  return {
    metric: metric.key,
    title: metric.title,
    unit: unitOf(metric.measure),
    bucket,
    timeZone,
    period: showPeriod(selection),
    scale,
    otherScales,
    points: buckets.map((one) => scoreBucket(measure, showPeriod(one), tallies.get(one.key) ?? [])),
  };
};

const tallyTrend = async (services: Services, found: FoundMetric, asked: { selection: Selection; timeZone: string; filters: MetricFilters; bucket: BucketName }): Promise<(Part & { name: string })[]> => {
  const { selection, timeZone, filters, bucket } = asked;
  if (found.metric.source === "outreach") {
    const days = await readAskedDays(services, asked, null);
    return partsOfAsked(days.map((day) => ({ ...day, day: bucketOfDay(day.day, bucket) })), "day");
  }
  const source = await readRows(services, selection.workspaceId, found, { period: selection, filters });
  const parts = await tallyBuckets(services.analytics, selection, { source, bucket, offsets: listOffsets(selection, timeZone) });
  return parts.map((part) => ({ ...part, name: part.key }));
};
