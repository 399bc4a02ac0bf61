// What moved between two periods that somebody chose, by the eyes of alerts: the same answers by day, the same comparison, told by one look.
import type { z } from "zod";
import { localDay, metricNames, previousPeriod, type Period } from "#customers";
import type { Services } from "#platform/services";
import { dayMs, dayName, dayNumber, levelSeries, mainScale, type DayRow } from "../alerts/days.rules.ts";
import { readMetricDays } from "../alerts/metric-days.ts";
import { compareStretches, usualFrom, type Stretch } from "../alerts/stretches.rules.ts";
import { getMetric } from "../metrics/custom-metrics.ts";
import { unitOf, type Metric } from "../metrics/metric-kinds.rules.ts";
import { refuseWrongFilters, type FoundMetric } from "../metrics/metric-rows.ts";
import { answeringDays } from "../metrics/outreach-parts.rules.ts";
import type { Scale } from "../metrics/metrics.contract.ts";
import { readSameCustomers } from "../metrics/same-customers.ts";
import { readSelection, requirePeriod, showPeriod } from "../metrics/selection.ts";
import type { changesQuery, ChangesReply, LevelChange } from "./changes.contract.ts";

type Query = z.output<typeof changesQuery>;

/** Days of a period that are compared one by one. */
const DAYS_MAX = 1_100;

/** Metrics of a period against the one before it.
 *  @throws metric_unknown, filter_not_for_metric and those of the filters */
export const showChanges = async (services: Services, workspaceId: string, query: Query): Promise<ChangesReply> => {
  const found = await Promise.all([...new Set(query.metrics ?? metricNames)].map((key) => getMetric(services, workspaceId, key)));
  for (const one of found) refuseWrongFilters(one, query);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const isOwnComparison = query.compareFrom !== undefined || query.compareTo !== undefined;
  const previous = isOwnComparison ? requirePeriod(services, { from: query.compareFrom, to: query.compareTo }, timeZone) : previousPeriod(selection, timeZone);
  const isTooLong = [selection, previous].some(({ fromMs, toMs }) => toMs - fromMs > DAYS_MAX * dayMs);
  const changes = isTooLong ? [] : await compareAll(services, { workspaceId, query, timeZone }, found, { current: selection, previous });
  return { period: showPeriod(selection), previous: showPeriod(previous), changes, isTooLong };
};

type Asking = { workspaceId: string; query: Query; timeZone: string };
type Days = { from: number; end: number };

const compareAll = async (services: Services, asking: Asking, found: readonly FoundMetric[], { current, previous }: Record<"current" | "previous", Period>): Promise<LevelChange[]> => {
  const earlier = daysIn(previous, asking.timeZone);
  const usual = dayName(usualFrom(earlier));
  const [before, now] = await Promise.all([readDays(services, asking, found, { from: usual, to: new Date(previous.toMs).toISOString() }), readDays(services, asking, found, showPeriod(current))]);
  const today = dayNumber(localDay(services.clock.now().getTime(), asking.timeZone));
  const parts = found.map((one, place) => ({ found: one, before: before[place] ?? [], now: now[place] ?? [], scale: scaleOf(one.metric, before[place] ?? [], now[place] ?? []) }));
  const { selection } = await readSelection(services, asking.workspaceId, { ...asking.query, ...showPeriod(current) });
  const same = await readSameCustomers(services, parts.map((part) => ({ ...part, count: countOf(part, part.now) + countOf(part, part.before, earlier.from) })), { selection, previous, filters: asking.query, timeZone: asking.timeZone });
  return parts.flatMap((part) => {
    const { metric } = part.found;
    // Who was asked in the last days may answer yet.
    const last = metric.source === "outreach" ? today - 1 - answeringDays : today;
    const later = daysIn(current, asking.timeZone);
    const days = { before: { ...earlier, end: Math.min(earlier.end, last) }, now: { ...later, end: Math.min(later.end, last) } };
    return compare(part, days, same.get(metric.key)?.plain?.spread ?? 1);
  });
};

const scaleOf = (metric: Metric, before: readonly DayRow[], now: readonly DayRow[]): Scale => metric.limits ?? mainScale(metric.measure, now.length === 0 ? before : now);
const countOf = ({ scale: { min, max } }: Part, rows: readonly DayRow[], from = 0): number =>
  rows.reduce((sum, row) => sum + ((row.scaleMin ?? min) === min && (row.scaleMax ?? max) === max && dayNumber(row.day) >= from ? row.count : 0), 0);

const daysIn = ({ fromMs, toMs }: Period, timeZone: string): Days => ({ from: dayNumber(localDay(fromMs, timeZone)), end: dayNumber(localDay(toMs - 1, timeZone)) });

const readDays = async (services: Services, { workspaceId, query, timeZone }: Asking, found: readonly FoundMetric[], period: { from: string; to: string }): Promise<DayRow[][]> => {
  const { selection } = await readSelection(services, workspaceId, { ...query, ...period });
  return readMetricDays(services, found, { selection, timeZone, filters: query });
};

type Part = { found: FoundMetric; before: readonly DayRow[]; now: readonly DayRow[]; scale: Scale };

const compare = ({ found: { metric }, before, now, scale }: Part, days: { before: Days; now: Days }, spread: number): LevelChange[] => {
  const stretch = (rows: readonly DayRow[], own: Days, from: number): Stretch => ({ ...own, series: levelSeries(metric.measure, rows, { from, to: own.end }, scale) });
  const found = compareStretches(stretch(before, days.before, usualFrom(days.before)), stretch(now, days.now, days.now.from), spread);
  if (found === null) return [];
  const factor = unitOf(metric.measure) === "scale" ? 1 : 100;
  return [{ metric: metric.key, count: found.count, previousCount: found.countBefore, difference: found.difference * factor, low: found.low * factor, high: found.high * factor, p: found.p }];
};
