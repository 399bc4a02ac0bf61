// One measure over time, every case at one age, so that days can be compared.
import type { z } from "zod";
import { listOffsets, usualBucket } from "#customers";
import type { Services } from "#platform/services";
import type { Selection } from "../metrics/metrics.queries.ts";
import { readSelection, requireBuckets, showPeriod } from "../metrics/selection.ts";
import { listBasisChanges, type BasisChange } from "./bases.queries.ts";
import { DAY_MS } from "./case-pieces.queries.ts";
import type { MeasureName, needFactCourseQuery, NeedFactCourseReply } from "./need-facts.contract.ts";
import { readKnown, type Known } from "./need-facts.ts";
import { ageOf, basisOf, factsOf, maturingDays, noCases, shareOverOfMany } from "./need-facts.rules.ts";
import { tallyCaseBuckets, tallyCaseDays, type CaseCount, type CasesAsked } from "./placed-cases.queries.ts";

/** Cases per local day of a period, and how many of them were over the limit; none where it cannot be measured here. */
export const readCaseDays = async (services: Services, { selection, timeZone }: { selection: Selection; timeZone: string }, measure: MeasureName): Promise<(CaseCount & { day: string })[]> => {
  const asked = askAtAge(await readKnown(services, selection.workspaceId), { selection, timeZone }, measure);
  return asked === null ? [] : tallyCaseDays(services.analytics, asked, asked.pieces.asked);
};

/** A measure within a selection, every case at one age; null where it cannot be measured here. */
export const askAtAge = ({ settings, matters, endMs }: Known, { selection, timeZone }: { selection: Selection; timeZone: string }, measure: MeasureName): CasesAsked | null => {
  if (factsOf(measure, settings).length === 0) return null;
  const asked = { fromMs: selection.fromMs, toMs: selection.toMs };
  return { measure, settings, selection, pieces: { endMs, matters, offsets: listOffsets(selection, timeZone), asked, ageMs: ageOf(measure, settings) } };
};

/** What the days of a measure rest on: where it is other than before, they were counted otherwise.
 *  @returns `maturingDays`: how many days lie between a day and the time from which it can be compared with others */
export const readCaseBasis = async (services: Services, workspaceId: string, measure: MeasureName): Promise<{ facts: string[]; limit: number; maturingDays: number }> => {
  const { settings } = await readKnown(services, workspaceId);
  return { ...basisOf(measure, settings), maturingDays: maturingDays(measure, settings) };
};

/** The share of cases over the limit for every day, week or month of a period.
 *  @throws too_many_buckets and those of the filters */
export const showNeedFactCourse = async (services: Services, workspaceId: string, query: z.output<typeof needFactCourseQuery>): Promise<NeedFactCourseReply> => {
  const { measure } = query;
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const bucket = query.bucket ?? usualBucket(selection);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const known = await readKnown(services, workspaceId);
  const { settings } = known;
  const asked = askAtAge(known, { selection, timeZone }, measure);
  const counted = new Map((asked === null ? [] : await tallyCaseBuckets(services.analytics, asked, { period: asked.pieces.asked, bucket })).map((one) => [one.name, one]));
  const changes = await listBasisChanges(services.db, workspaceId, measure, selection);
  return {
    measure, limit: settings.limits[measure] ?? 0, bucket, timeZone, ...ripenessOf(measure, known),
    breaks: changes.map((change) => showBreak(change, buckets)),
    points: buckets.map(({ key, ...span }) => {
      const cases = counted.get(key) ?? noCases;
      return { ...showPeriod(span), count: cases.count, over: shareOverOfMany(cases) };
    }),
  };
};

/** How old each case is where days stand beside each other, and until when all had their time. */
export const ripenessOf = (measure: MeasureName, { settings, endMs }: Known): Pick<NeedFactCourseReply, "ageDays" | "ripeUntil"> => {
  const ageMs = ageOf(measure, settings);
  return { ageDays: ageMs === null ? null : ageMs / DAY_MS, ripeUntil: new Date(endMs - maturingDays(measure, settings) * DAY_MS).toISOString() };
};

const showBreak = ({ at, before, after }: BasisChange, buckets: readonly { fromMs: number }[]): NeedFactCourseReply["breaks"][number] => {
  const start = buckets.findLast(({ fromMs }) => fromMs <= at.getTime())?.fromMs ?? at.getTime();
  return { at: new Date(start).toISOString(), before, after };
};
