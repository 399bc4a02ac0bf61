import { gatherSegments, isScoreable, listBuckets, listTraitSpans, longestPeriodMs, readPeriod, readScale, type GatheredSegment, type Period, type TraitSpan } from "#customers";
import { presentChannels } from "#journeys";
import { keepReadings } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { Metric } from "./metric-kinds.rules.ts";
import type { BucketName, MetricFilters, Scale } from "./metrics.contract.ts";
import type { Selection } from "./metrics.queries.ts";
import { writeHeldRows } from "./held-rows.ts";
import type { HeldRows, People } from "./people.queries.ts";

export const metricsErrors = defineErrors("metrics", {
  period_empty: { status: 400, meaning: "The period ends before it starts, or as it starts: `to` is itself left out." },
  period_too_long: { status: 400, meaning: "The period is longer than a hundred years." },
  too_many_buckets: { status: 400, meaning: "The trend would have more than 1,200 points. Choose a coarser bucket or a shorter period." },
  scale_not_scoreable: { status: 400, meaning: "The metric is not defined on this scale: the net promoter score needs 0–10, the others two to 101 whole values." },
  cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out." },
  metric_unknown: { status: 404, meaning: "There is no such metric: a formula of one's own may have been deleted." },
  split_not_for_metric: { status: 400, meaning: "The metric cannot be split this way: language and emotion are known of comments only, and who was asked by way, survey, language and time only." },
  filter_not_for_metric: { status: 400, meaning: "The metric cannot be narrowed by this filter." },
  filter_wrong: { status: 400, meaning: "A filter cannot be read: traits are written `name=value`, weekdays 1 to 7." },
  segment_missing: { status: 400, meaning: "There is no such segment or contact list in this workspace." },
  people_too_many: { status: 400, meaning: "More than 500,000 statements were made about a trait, or a segment whose response rate is asked for has more than 500,000 customers, or more than 200,000 people were asked in a period whose response rate is split by segments: too many to look up for one figure." },
  answers_too_many: { status: 400, meaning: "A formula of one's own would have to be worked out for more than 100,000 responses. Choose a shorter period." },
  custom_metric_limit: { status: 409, meaning: "The workspace has 200 metrics of its own already. Delete some first." },
  custom_metric_name_taken: { status: 409, meaning: "There is a metric of this name already." },
  custom_metric_formula_wrong: { status: 400, meaning: "The formula cannot be read, or names something the survey does not ask." },
  custom_metric_scale_wrong: { status: 400, meaning: "The scale needs two ends that differ and lie at most 100 apart." },
});

export type Asked = { selection: Selection; timeZone: string };

/** Turns the filters of a request into what queries understand, by the workspace's clock.
 *  @throws period_empty, period_too_long */
export const readSelection = async (services: Services, workspaceId: string, filters: Omit<MetricFilters, "language" | "emotion"> & { language?: unknown; emotion?: unknown }): Promise<Asked> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const { touchpoint, stage, environment, product, source, survey, member, team, department } = filters;
  const period = requirePeriod(services, filters, timeZone);
  const channel = filters.channel === undefined ? undefined : await presentChannels(services.db, workspaceId, filters.channel);
  const people = await readPeople(services, workspaceId, filters);
  const weekday = filters.weekday === undefined ? undefined : { days: filters.weekday.map(requireWeekday), timeZone };
  return { timeZone, selection: { workspaceId, touchpoint, channel, stage, environment, product, source, survey, member, team, department, weekday, people, ...period } };
};

/** Most statements about a trait that are handed over to a query. */
const STATEMENTS_MAX = 500_000;

// The parts of a screen ask within a moment of each other; nobody notices a list that is this old.
const keepSpans = keepReadings<TraitSpan[]>({ ms: 3_000, most: 10 });
const keepHeld = keepReadings<HeldRows>({ ms: 3_000, most: 10 });

/** Segments with whoever is in them now.
 *  @throws segment_missing */
export const readSegments = async (services: Services, workspaceId: string, ids: readonly string[]): Promise<GatheredSegment[]> => {
  const segments = await gatherSegments(services, workspaceId, ids);
  if (segments.length < new Set(ids).size) throw metricsErrors.refuse("segment_missing", "There is no such segment or contact list here. It may have been deleted.");
  return segments;
};

/** Who held which value of a trait when, written for a query.
 *  @throws people_too_many */
export const readHeld = (services: Services, workspaceId: string, name: string): Promise<HeldRows> =>
  keepHeld(services.db, `${workspaceId} ${name}`, async () => writeHeldRows(await readTrait(services, workspaceId, name)));

/** Who held which value of a trait when, those of a customer one after another, in the order of time.
 *  @throws people_too_many */
export const readTrait = (services: Services, workspaceId: string, name: string): Promise<TraitSpan[]> =>
  keepSpans(services.db, `${workspaceId} ${name}`, async () => {
    const spans = await listTraitSpans(services.db, workspaceId, name, STATEMENTS_MAX);
    if (spans === null) throw metricsErrors.refuse("people_too_many", `More than ${STATEMENTS_MAX} statements were made about "${name}". Use a segment instead.`);
    return spans;
  });

const readPeople = async (services: Services, workspaceId: string, filters: Pick<MetricFilters, "segment" | "persona" | "trait">): Promise<People[]> => {
  const chosen = [filters.segment, filters.persona].map((ids = []) => ids.filter((id) => id !== "")).filter((ids) => ids.length > 0);
  const segments = await Promise.all(chosen.map((ids) => readSegments(services, workspaceId, ids)));
  const named = Map.groupBy((filters.trait ?? []).filter((text) => text !== "").map(requireTrait), ({ name }) => name);
  const held = await Promise.all([...named].map(async ([name, own]) => {
    const wanted = new Set(own.map(({ value }) => value));
    return { held: await writeHeldRows(await readTrait(services, workspaceId, name), ({ value }) => wanted.has(value)) };
  }));
  return [...segments.map((either) => ({ segments: either })), ...held];
};

const requireTrait = (text: string): { name: string; value: string } => {
  const at = text.indexOf("=");
  if (at < 1) throw metricsErrors.refuse("filter_wrong", `"${text.slice(0, 100)}" is no filter by a trait. Write name=value.`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
};

const requireWeekday = (text: string): string => {
  if (!/^[1-7]$/u.test(text)) throw metricsErrors.refuse("filter_wrong", `"${text.slice(0, 20)}" is no weekday. Write 1 for Monday to 7 for Sunday.`);
  return text;
};

/** @throws period_empty, period_too_long */
export const requirePeriod = (services: Services, given: { from?: string | undefined; to?: string | undefined }, timeZone: string): Period => {
  const period = readPeriod(given, timeZone, services.clock.now().getTime());
  const said = `${given.from ?? "90 days before"} to ${given.to ?? "now"}`;
  if (period === null) throw metricsErrors.refuse("period_empty", `The period from ${said} holds no time. Let it end later than it starts.`);
  if (period.toMs - period.fromMs > longestPeriodMs) throw metricsErrors.refuse("period_too_long", `The period from ${said} is longer than a hundred years. Choose a shorter one.`);
  return period;
};

/** The days, weeks or months of a period.
 *  @throws too_many_buckets */
export const requireBuckets = (period: Period, bucket: BucketName, timeZone: string): NonNullable<ReturnType<typeof listBuckets>> => {
  const buckets = listBuckets(period, bucket, timeZone);
  if (buckets === null) throw metricsErrors.refuse("too_many_buckets", `A point for every ${bucket} of this period makes more than 1,200. Choose a coarser bucket or a shorter period.`);
  return buckets;
};

/** @throws scale_not_scoreable */
export const requireScale = (metric: Metric, text: string | undefined): Scale | null => {
  if (text === undefined) return metric.limits;
  const scale = readScale(text);
  const isOwn = metric.limits === null || (scale?.min === metric.limits.min && scale.max === metric.limits.max);
  if (scale !== null && isOwn && isScoreable(metric.measure, scale)) return scale;
  throw metricsErrors.refuse("scale_not_scoreable", `There is no ${metric.title} on the scale ${text}. Leave the scale out to take the one most answers use.`);
};

export const showPeriod = ({ fromMs, toMs }: Period): { from: string; to: string } => ({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
