// One metric over time for each of some groups of a split.
import type { z } from "zod";
import { gatherSegments, listOffsets } from "#customers";
import type { AskedDay } from "#feedback";
import type { Services } from "#platform/services";
import { askedSplits, listSegmentsOf, readSplit, type Asked } from "./breakdown.ts";
import { getMetric } from "./custom-metrics.ts";
import { isOfSegments } from "./metric-kinds.rules.ts";
import { readRows, refuseWrongFilters, refuseWrongSplit } from "./metric-rows.ts";
import type { breakdownQuery, BucketName, TrendPoint } from "./metrics.contract.ts";
import { tallyGroupBuckets, type GroupBox } from "./metrics.queries.ts";
import { chooseScale, scoreBucket } from "./metrics.rules.ts";
import { readAskedDays, readAskedDaysOf } from "./outreach.ts";
import { bucketOfDay, partsOfAsked } from "./outreach-parts.rules.ts";
import { readSelection, requireBuckets, showPeriod } from "./selection.ts";
import { tallySegmentBuckets } from "./segment-tallies.queries.ts";
import { countByScale, groupTallies } from "./tallied-parts.rules.ts";

type Query = Omit<z.output<typeof breakdownQuery>, "scale"> & { bucket: BucketName };
type GroupPart = GroupBox & { key: string };

/** The points of every group named, as if the course of each were asked for alone.
 *  @param names of groups, as a breakdown of the same question gives them; the empty text stands for answers where it is not named
 *  @throws metric_unknown, split_not_for_metric, filter_not_for_metric, too_many_buckets and those of the filters */
export const showCourses = async (services: Services, workspaceId: string, query: Query, names: readonly string[]): Promise<Map<string, TrendPoint[]>> => {
  const { by, bucket } = query;
  const found = await getMetric(services, workspaceId, query.metric);
  refuseWrongFilters(found, query);
  refuseWrongSplit(found, by);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const parts = Map.groupBy(await tallyCourses(services, { found, selection, timeZone, filters: query, by }, { bucket, names }), ({ name }) => name);
  return new Map(names.map((name) => {
    const own = parts.get(name) ?? [];
    const { scale } = chooseScale(found.metric, countByScale(own), found.metric.limits);
    const tallies = groupTallies(own.map((part) => ({ ...part, name: part.key })), scale);
    return [name, buckets.map((one) => scoreBucket({ metric: found.metric.measure, scale }, showPeriod(one), tallies.get(one.key) ?? []))];
  }));
};

const tallyCourses = async (services: Services, asked: Asked, wanted: { bucket: BucketName; names: readonly string[] }): Promise<GroupPart[]> => {
  const { found, selection, timeZone, filters, by } = asked;
  if (found.metric.source === "outreach") return tallyAskedCourses(services, asked, wanted);
  const source = await readRows(services, selection.workspaceId, found, { period: selection, filters });
  const offsets = listOffsets(selection, timeZone);
  if (!isOfSegments(by)) return tallyGroupBuckets(services.analytics, selection, { source, split: await readSplit(services, asked), ...wanted, offsets });
  return tallySegmentBuckets(services.analytics, selection, { source, segments: await gatherSegments(services, selection.workspaceId, wanted.names), bucket: wanted.bucket, offsets });
};

const tallyAskedCourses = async (services: Services, asked: Asked, { bucket, names }: { bucket: BucketName; names: readonly string[] }): Promise<GroupPart[]> => {
  const { by, selection } = asked;
  const partsIn = (days: readonly AskedDay[]): GroupPart[] =>
    [...Map.groupBy(days, ({ day }) => bucketOfDay(day, bucket))].flatMap(([key, own]) => partsOfAsked(own, askedSplits[by] ?? "all").map((part) => ({ ...part, key })));
  if (!isOfSegments(by)) return partsIn(await readAskedDays(services, asked, null));
  const segments = (await listSegmentsOf(services, selection.workspaceId, by)).filter(({ id }) => names.includes(id));
  const days = Map.groupBy(await readAskedDaysOf(services, asked, segments), ({ name }) => name);
  return [...days].flatMap(([name, own]) => partsIn(own).map((part) => ({ ...part, name })));
};
