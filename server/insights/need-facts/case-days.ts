// One measure over time, every case at one age, so that days can be compared.
import type { z } from "zod";
import { listOffsets, usualBucket } from "#customers";
import type { Services } from "#platform/services";
import type { Selection } from "../metrics/metrics.queries.ts";
import { bucketOfDay } from "../metrics/outreach-parts.rules.ts";
import { readSelection, requireBuckets, showPeriod } from "../metrics/selection.ts";
import { DAY_MS } from "./case-pieces.queries.ts";
import type { MeasureName, needFactCourseQuery, NeedFactCourseReply, NeedFactSettings } from "./need-facts.contract.ts";
import { readKnown } from "./need-facts.ts";
import { ageOf, factsOf, maturingDays, shareOverOfMany, sumOf } from "./need-facts.rules.ts";
import { tallyCaseDays, type CaseCount } from "./placed-cases.queries.ts";

/** Cases per local day of a period, and how many of them were over the limit; none where it cannot be measured here. */
export const readCaseDays = async (services: Services, { selection, timeZone }: { selection: Selection; timeZone: string }, measure: MeasureName): Promise<(CaseCount & { day: string })[]> => {
  const { settings, matters, endMs } = await readKnown(services, selection.workspaceId);
  if (factsOf(measure, settings).length === 0) return [];
  const asked = { fromMs: selection.fromMs, toMs: selection.toMs };
  const pieces = { endMs, matters, offsets: listOffsets(selection, timeZone), asked, ageMs: ageOf(measure, settings) };
  return tallyCaseDays(services.analytics, { measure, settings, pieces, selection }, asked);
};

/** What the days of a measure rest on: another text says that they were counted otherwise before.
 *  @returns `maturingDays`: how many days lie between a day and the time from which it can be compared with others */
export const readCaseBasis = async (services: Services, workspaceId: string, measure: MeasureName): Promise<{ text: string; maturingDays: number }> => {
  const { settings } = await readKnown(services, workspaceId);
  return { text: textOf(measure, settings), maturingDays: maturingDays(measure, settings) };
};

// Guesses name the facts they find most often first, which changes by itself.
const textOf = (measure: MeasureName, settings: NeedFactSettings): string => JSON.stringify([settings.limits[measure] ?? 0, factsOf(measure, settings).toSorted()]);

/** The share of cases over the limit for every day, week or month of a period.
 *  @throws too_many_buckets and those of the filters */
export const showNeedFactCourse = async (services: Services, workspaceId: string, query: z.output<typeof needFactCourseQuery>): Promise<NeedFactCourseReply> => {
  const { measure } = query;
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const bucket = query.bucket ?? usualBucket(selection);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const { settings, endMs } = await readKnown(services, workspaceId);
  const counted = Map.groupBy(await readCaseDays(services, { selection, timeZone }, measure), ({ day }) => bucketOfDay(day, bucket));
  const ageMs = ageOf(measure, settings);
  return {
    measure, limit: settings.limits[measure] ?? 0, bucket, timeZone, ageDays: ageMs === null ? null : ageMs / DAY_MS, ripeUntil: new Date(endMs - maturingDays(measure, settings) * DAY_MS).toISOString(),
    points: buckets.map(({ key, ...span }) => {
      const sums = sumOf(counted.get(key) ?? []);
      return { ...showPeriod(span), count: sums.count, over: shareOverOfMany(sums) };
    }),
  };
};
