// How many people are behind the figures of a measure, for whoever must not be told of few.
import type { z } from "zod";
import { listBuckets } from "#customers";
import type { Services } from "#platform/services";
import { isOfSegments } from "../metrics/metric-kinds.rules.ts";
import type { BucketName, SplitKey } from "../metrics/metrics.contract.ts";
import type { Split } from "../metrics/metrics.queries.ts";
import type { People, PeopleCounter } from "../metrics/people-behind.ts";
import { readSegments, readSelection } from "../metrics/selection.ts";
import { askAtAge } from "./case-days.ts";
import { readSplitOf } from "./case-groups.ts";
import { needFactSplit, type MeasureName, type needFactsQuery } from "./need-facts.contract.ts";
import { readKnown, type Known } from "./need-facts.ts";
import { tallyCaseBuckets, tallyCaseGroups, type CasesAsked } from "./placed-cases.queries.ts";

type Asked = { known: Known; selection: Awaited<ReturnType<typeof readSelection>>["selection"]; timeZone: string; measure: MeasureName; cases: CasesAsked };

/** Counts people behind a measure within filters; null where it cannot be measured here. */
export const openCasePeopleCounter = async (services: Services, workspaceId: string, { measure, ...filters }: z.output<typeof needFactsQuery> & { measure: MeasureName }): Promise<PeopleCounter | null> => {
  const [known, { selection, timeZone }] = await Promise.all([readKnown(services, workspaceId), readSelection(services, workspaceId, filters)]);
  const aged = askAtAge(known, { selection, timeZone }, measure);
  if (aged === null) return null;
  const asked: Asked = { known, selection, timeZone, measure, cases: { ...aged, pieces: { ...aged.pieces, ageMs: null } } };
  return {
    whole: async () => (await countPeople(services, asked, null)).get("") ?? 0,
    by: (by) => countBy(services, asked, by),
    over: (bucket, group) => countOver(services, asked, bucket, group),
  };
};

const countPeople = async (services: Services, { cases }: Asked, split: Split | null): Promise<People> =>
  new Map((await tallyCaseGroups(services.analytics, cases, { period: cases.pieces.asked, split })).groups.map(({ name, people }) => [name, people]));

const countBy = async (services: Services, asked: Asked, by: SplitKey): Promise<People> => {
  const split = needFactSplit.safeParse(by);
  // Groups of few people were hidden before anybody saw them.
  if (!split.success || isOfSegments(split.data)) return new Map();
  return countPeople(services, asked, await readSplitOf(services, asked.selection.workspaceId, split.data));
};

const countOver = async (services: Services, { known, selection, timeZone, measure }: Asked, bucket: BucketName, group: { by: SplitKey; value: string } | undefined): Promise<People> => {
  const split = group === undefined ? null : needFactSplit.parse(group.by);
  const segments = group !== undefined && split !== null && isOfSegments(split) ? await readSegments(services, selection.workspaceId, [group.value]) : null;
  const narrowed = segments === null ? selection : { ...selection, people: [...(selection.people ?? []), { segments }] };
  const asked = askAtAge(known, { selection: narrowed, timeZone }, measure);
  const own = group === undefined || split === null || isOfSegments(split) ? null : { split: await readSplitOf(services, selection.workspaceId, split), name: group.value };
  const counted = new Map((asked === null ? [] : await tallyCaseBuckets(services.analytics, asked, { period: asked.pieces.asked, bucket, group: own })).map(({ name, people }) => [name, people]));
  return new Map((listBuckets(selection, bucket, timeZone) ?? []).map(({ key, fromMs }) => [new Date(fromMs).toISOString(), counted.get(key) ?? 0]));
};
