import type { z } from "zod";
import { countAnswers, evidenceOf, joinTallies, listBuckets, listOffsets, metricNames, previousPeriod, scoreTally, usualBucket, type Box, type Tally } from "#customers";
import { listSurveyNames } from "#feedback";
import type { Services } from "#platform/services";
import type {
  breakdownQuery,
  BreakdownReply,
  DimensionName,
  MetricName,
  Scale,
  summaryQuery,
  SummaryReply,
  trendQuery,
  TrendReply,
} from "./metrics.contract.ts";
import { tallyBuckets, tallyGroups, tallyLargestGroups, tallyPeriods, type GroupBox, type Selection } from "./metrics.queries.ts";
import { chooseScale, scoreBucket, scoreGroups, summarise, type ScaleCount } from "./metrics.rules.ts";
import { metricsErrors, readSelection, requirePeriod, requireScale, showPeriod } from "./selection.ts";

/** NPS, CSAT and CES of a period, each against the period before. */
export const summariseMetrics = async (services: Services, workspaceId: string, query: z.output<typeof summaryQuery>): Promise<SummaryReply> => {
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const isOwnComparison = query.compareFrom !== undefined || query.compareTo !== undefined;
  const previous = isOwnComparison
    ? requirePeriod(services, { from: query.compareFrom, to: query.compareTo }, timeZone)
    : previousPeriod(selection, timeZone);
  const parts = await tallyPeriods(services.analytics, selection, previous);
  return {
    period: showPeriod(selection),
    previous: showPeriod(previous),
    timeZone,
    metrics: metricNames.map((metric) => {
      const answers = parts.filter((part) => part.metric === metric);
      const current = answers.filter((part) => part.isCurrent);
      // A period without answers still names the scale of the one before.
      const { scale, otherScales } = chooseScale(metric, countByScale(current.length === 0 ? answers : current), null);
      return summarise({
        metric,
        scale,
        otherScales,
        current: tallyOn(scale, current),
        previous: tallyOn(scale, answers.filter((part) => !part.isCurrent)),
      });
    }),
  };
};

/** One metric over time, a point for every day, week or month of the period. */
export const showTrend = async (services: Services, workspaceId: string, query: z.output<typeof trendQuery>): Promise<TrendReply> => {
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const { metric } = query;
  const wanted = requireScale(metric, query.scale);
  const bucket = query.bucket ?? usualBucket(selection);
  const buckets = listBuckets(selection, bucket, timeZone);
  if (buckets === null) throw metricsErrors.refuse("too_many_buckets", `A point for every ${bucket} of this period makes more than 1,200. Choose a coarser bucket or a shorter period.`);
  const parts = await tallyBuckets(services.analytics, selection, { metric, bucket, offsets: listOffsets(selection, timeZone) });
  const { scale, otherScales } = chooseScale(metric, countByScale(parts), wanted);
  const tallies = groupTallies(parts.map((part) => ({ ...part, name: part.key })), scale);
  return {
    metric,
    bucket,
    timeZone,
    period: showPeriod(selection),
    scale,
    otherScales,
    points: buckets.map((one) => scoreBucket({ metric, scale }, showPeriod(one), tallies.get(one.key) ?? [])),
  };
};

/** One metric by touchpoint, channel, stage, survey or source, each group against all others. */
export const showBreakdown = async (services: Services, workspaceId: string, query: z.output<typeof breakdownQuery>): Promise<BreakdownReply> => {
  const { selection } = await readSelection(services, workspaceId, query);
  const { metric, by } = query;
  const wanted = requireScale(metric, query.scale);
  const found = await readGroups(services, selection, { metric, by });
  const { scale, otherScales } = chooseScale(metric, countByScale([...found.listed, ...found.others]), wanted);
  const groups = [...groupTallies(found.listed, scale)].map(([name, tally]) => ({ name, tally, count: countAnswers(tally) }));
  const ordered = groups.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const [shown, rest] = [ordered.slice(0, groupsMax), ordered.slice(groupsMax)];
  const labels = await labelGroups(services, workspaceId, by, shown.map(({ name }) => name));
  const others = joinTallies([...rest.map(({ tally }) => tally), tallyOn(scale, found.others)]);
  const measure = { metric, scale };
  const total = scoreTally(measure, joinTallies([...shown.map(({ tally }) => tally), others]));
  return {
    metric,
    by,
    period: showPeriod(selection),
    scale,
    otherScales,
    total: { ...total, evidence: evidenceOf(total.count) },
    groups: scoreGroups(
      measure,
      shown.map(({ name, tally }) => ({ value: name === "" ? null : name, label: labels.get(name) ?? null, tally })),
      others,
    ),
    groupsLeftOut: rest.length + found.leftOut,
  };
};

const groupsMax = 100;

const readGroups = async (
  services: Services,
  selection: Selection,
  asked: { metric: MetricName; by: DimensionName },
): Promise<{ listed: GroupBox[]; others: GroupBox[]; leftOut: number }> => {
  const all = await tallyGroups(services.analytics, selection, asked);
  return all === null ? tallyLargestGroups(services.analytics, selection, asked) : { listed: all, others: [], leftOut: 0 };
};

const labelGroups = async (services: Services, workspaceId: string, by: DimensionName, names: readonly string[]): Promise<Map<string, string>> => {
  const named = names.filter((name) => name !== "");
  if (by !== "survey") return new Map(named.map((name) => [name, name]));
  const surveys = await listSurveyNames(services.db, workspaceId, named);
  // A deleted survey keeps its answers; its id is all that is left of its name.
  return new Map([...named.map((id) => [id, id] as const), ...surveys.map(({ id, name }) => [id, name] as const)]);
};

type Part = { scale: Scale; box: Box };

const countByScale = (parts: readonly Part[]): ScaleCount[] => {
  const counts = new Map<string, ScaleCount>();
  for (const { scale, box } of parts) {
    const key = `${scale.min} ${scale.max}`;
    counts.set(key, { ...scale, count: (counts.get(key)?.count ?? 0) + box.count });
  }
  return [...counts.values()];
};

const tallyOn = (scale: Scale, parts: readonly Part[]): Tally =>
  joinTallies([parts.flatMap((part) => (part.scale.min === scale.min && part.scale.max === scale.max ? [part.box] : []))]);

const groupTallies = (parts: readonly (Part & { name: string })[], scale: Scale): Map<string, Tally> => {
  const names = Map.groupBy(parts, (part) => part.name);
  return new Map([...names].map(([name, own]) => [name, tallyOn(scale, own)] as const).filter(([, tally]) => tally.length > 0));
};
