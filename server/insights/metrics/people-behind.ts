// How many people are behind figures, for whoever must not be told of few: several answers may be one person's.
import { gatherSegments, listBuckets, listOffsets } from "#customers";
import type { Services } from "#platform/services";
import { readSplit } from "./breakdown.ts";
import { getMetric } from "./custom-metrics.ts";
import { isOfSegments } from "./metric-kinds.rules.ts";
import { readRows, type FoundMetric } from "./metric-rows.ts";
import type { BucketName, MetricFilters, MetricKey, Scale, SplitKey } from "./metrics.contract.ts";
import { localTime, type RowSource, type Selection, type Split } from "./metrics.queries.ts";
import { countPeopleOf } from "./people-behind.queries.ts";
import { readSelection } from "./selection.ts";
import { unsplit } from "./splits.queries.ts";

type Asked = { found: FoundMetric; selection: Selection; timeZone: string; filters: MetricFilters; source: RowSource; scale: Scale };
/** People by name of a group, or by start of a bucket. */
export type People = ReadonlyMap<string, number>;

export type PeopleCounter = {
  whole: () => Promise<number>;
  /** By value of each group, the empty text where it is not named. */
  by: (split: SplitKey) => Promise<People>;
  /** By start of each bucket.
   *  @param group of a split, to count in it alone */
  over: (bucket: BucketName, group?: { by: SplitKey; value: string }) => Promise<People>;
};

/** Counts people behind a metric within filters.
 *  @returns null where each answer is a person: behind a response rate everybody is asked by name */
export const openPeopleCounter = async (services: Services, workspaceId: string, query: MetricFilters & { metric: MetricKey; scale: Scale }): Promise<PeopleCounter | null> => {
  const { metric, scale, ...filters } = query;
  const found = await getMetric(services, workspaceId, metric);
  if (found.metric.source === "outreach") return null;
  const { selection, timeZone } = await readSelection(services, workspaceId, filters);
  const asked: Asked = { found, selection, timeZone, filters, scale, source: await readRows(services, workspaceId, found, { period: selection, filters }) };
  return {
    whole: async () => (await count(services, asked, unsplit)).get("") ?? 0,
    by: (by) => countBy(services, asked, by),
    over: (bucket, group) => countOver(services, asked, bucket, group),
  };
};

const count = (services: Services, { selection, source, scale }: Asked, split: Split): Promise<Map<string, number>> => countPeopleOf(services.analytics, selection, { source, scale, split });

const countBy = async (services: Services, asked: Asked, by: SplitKey): Promise<People> => {
  // Groups that are of people were hidden where they are few before anybody saw them.
  if (isOfSegments(by)) return new Map();
  return count(services, asked, await readSplit(services, { ...asked, by }));
};

const countOver = async (services: Services, asked: Asked, bucket: BucketName, group: { by: SplitKey; value: string } | undefined): Promise<People> => {
  const { selection, timeZone } = asked;
  const inTime: Split = (query) => ({ name: `substr(cast(${services.analytics.dialect.bucket(bucket, localTime(query, listOffsets(selection, timeZone)))} as varchar), 1, 10)`, join: "" });
  const counted = await countWithin(services, asked, inTime, group);
  return new Map((listBuckets(selection, bucket, timeZone) ?? []).map(({ key, fromMs }) => [new Date(fromMs).toISOString(), counted.get(key) ?? 0]));
};

const countWithin = async (services: Services, asked: Asked, inTime: Split, group: { by: SplitKey; value: string } | undefined): Promise<People> => {
  if (group === undefined) return count(services, asked, inTime);
  const { selection } = asked;
  if (isOfSegments(group.by)) {
    const segments = await gatherSegments(services, selection.workspaceId, [group.value]);
    return count(services, { ...asked, selection: { ...selection, people: [...(selection.people ?? []), { segments }] } }, inTime);
  }
  const split = await readSplit(services, { ...asked, by: group.by });
  const both = await count(services, asked, (query) => {
    const [own, time] = [split(query), inTime(query)];
    return { name: `${time.name} || ${own.name}`, join: own.join };
  });
  return new Map([...both].flatMap(([name, people]) => (name.slice(10) === group.value ? [[name.slice(0, 10), people] as const] : [])));
};
