// Where a trend must not be read across. Asked for beside the trend, not with it, so that the line need not wait for it.
import type { z } from "zod";
import { listOffsets, usualBucket } from "#customers";
import { listChangesOfQuestions, listSurveyNames, type DatedQuestionChange } from "#feedback";
import type { Services } from "#platform/services";
import { countMix, countModels, listReadingModels, listSurveysOf } from "./breaks.queries.ts";
import { findBreaks, findModelBreaks, type MixCount, type ModelCount } from "./breaks.rules.ts";
import { getMetric } from "./custom-metrics.ts";
import { listMetricChanges } from "./metric-changes.queries.ts";
import { usualScaleOf } from "./metric-kinds.rules.ts";
import { readRows, refuseWrongFilters, type FoundMetric } from "./metric-rows.ts";
import type { breaksQuery, BreaksReply, BucketName, MetricFilters, TrendBreak } from "./metrics.contract.ts";
import type { Selection } from "./metrics.queries.ts";
import { readAskedDays } from "./outreach.ts";
import { bucketOfDay } from "./outreach-parts.rules.ts";
import { readSelection, requireBuckets } from "./selection.ts";

const breaksMax = 200;

type Asked = { selection: Selection; timeZone: string; filters: MetricFilters; bucket: BucketName };

/** Marks for a trend of the same metric, period, filters and bucket.
 *  @throws metric_unknown, too_many_buckets, filter_not_for_metric and those of the filters */
export const showBreaks = async (services: Services, workspaceId: string, query: z.output<typeof breaksQuery>): Promise<BreaksReply> => {
  const found = await getMetric(services, workspaceId, query.metric);
  refuseWrongFilters(found, query);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const bucket = query.bucket ?? usualBucket(selection);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const asked = { selection, timeZone, filters: query, bucket };
  const [counts, models, changes, formulas] = await Promise.all([
    countMixOf(services, found, asked), countModelsOf(services, found, asked), listChanges(services, found, asked), listFormulas(services, found, asked),
  ]);
  const named = buckets.map(({ key, fromMs }) => ({ key, at: new Date(fromMs).toISOString() }));
  const startOf = (at: Date): string => named.findLast((one) => one.at <= at.toISOString())?.at ?? new Date(selection.fromMs).toISOString();
  const reworded = changes.map((change): TrendBreak => ({
    at: startOf(change.at), kind: change.kind, survey: { id: change.surveyId, name: change.surveyName, version: change.version },
    before: change.before, after: change.after, chiSquare: null,
  }));
  const rewritten = formulas.map(({ at, before, after }): TrendBreak => ({ at: startOf(at), kind: "formula", survey: null, before, after, chiSquare: null }));
  const isTold = ({ at, kind }: TrendBreak): boolean => kind === "scale" && reworded.some((change) => change.kind === "scale" && change.at === at);
  const breaks = [...reworded, ...rewritten, ...findModelBreaks(named, models), ...findBreaks(named, counts).filter((one) => !isTold(one))];
  return { metric: found.metric.key, bucket, breaks: breaks.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)).slice(0, breaksMax) };
};

const countMixOf = async (services: Services, found: FoundMetric, asked: Asked): Promise<MixCount[]> => {
  const { selection, timeZone, filters, bucket } = asked;
  const usual = usualScaleOf(found.metric);
  if (found.metric.source === "outreach") {
    const days = await readAskedDays(services, asked, null);
    return days.map(({ day, channel, asked: count }) => ({ key: bucketOfDay(day, bucket), channel, scale: "0-1", count, weightClass: 0, leastWeight: 1, mostWeight: 1 }));
  }
  const source = await readRows(services, selection.workspaceId, found, { period: selection, filters });
  return countMix(services.analytics, selection, { source, usual, bucket, offsets: listOffsets(selection, timeZone) });
};

const countModelsOf = async (services: Services, found: FoundMetric, { selection, timeZone, filters, bucket }: Asked): Promise<ModelCount[]> => {
  if (found.metric.source !== "readings" || (await listReadingModels(services.analytics, selection.workspaceId)).length < 2) return [];
  const source = await readRows(services, selection.workspaceId, found, { period: selection, filters });
  return countModels(services.analytics, selection, { source, bucket, offsets: listOffsets(selection, timeZone) });
};

const listFormulas = async ({ db }: Services, { own }: FoundMetric, { selection: { workspaceId, fromMs, toMs } }: Asked): Promise<{ at: Date; before: string; after: string }[]> => {
  if (own === null) return [];
  const changes = await listMetricChanges(db, workspaceId, own.id, { from: new Date(fromMs), to: new Date(toMs) });
  const surveys = await listSurveyNames(db, workspaceId, [...new Set(changes.flatMap(({ before, after }) => [before.surveyId, after.surveyId]))]);
  const nameOf = (id: string): string => surveys.find((survey) => survey.id === id)?.name ?? id;
  return changes.map(({ at, before, after }) => {
    const isElsewhere = before.surveyId !== after.surveyId;
    const [was, is] = [before, after].map(({ surveyId, formula, scaleMin, scaleMax }) => `${isElsewhere ? `${nameOf(surveyId)}: ` : ""}${formula} (${scaleMin}–${scaleMax})`);
    return { at, before: was ?? "", after: is ?? "" };
  });
};

// Comments, stars and who was asked follow no score question whose words could change.
const listChanges = async (services: Services, found: FoundMetric, { selection, filters }: Asked): Promise<DatedQuestionChange[]> => {
  const types = found.own === null ? scoreTypes.filter((type) => type === found.metric.measure) : scoreTypes;
  const asked = selection.survey?.filter((id) => id !== "") ?? null;
  const surveyIds = found.own === null ? asked : [found.own.surveyId];
  const { workspaceId, fromMs, toMs } = selection;
  const changes = (await Promise.all(types.map((type) => listChangesOfQuestions(services.db, { workspaceId, surveyIds, from: new Date(fromMs), to: new Date(toMs), type })))).flat();
  if (changes.length === 0) return [];
  const source = await readRows(services, workspaceId, found, { period: selection, filters });
  const answered = await listSurveysOf(services.analytics, selection, source);
  return changes.filter(({ surveyId }) => answered.has(surveyId));
};

const scoreTypes = ["nps", "csat", "ces", "rating"] as const;
