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
  return found.flatMap(({ metric }, place) => {
    // Who was asked in the last days may answer yet.
    const last = metric.source === "outreach" ? today - 1 - answeringDays : today;
    const later = daysIn(current, asking.timeZone);
    return compare(metric, { rows: before[place] ?? [], days: { ...earlier, end: Math.min(earlier.end, last) } }, { rows: now[place] ?? [], days: { ...later, end: Math.min(later.end, last) } });
  });
};

const daysIn = ({ fromMs, toMs }: Period, timeZone: string): Days => ({ from: dayNumber(localDay(fromMs, timeZone)), end: dayNumber(localDay(toMs - 1, timeZone)) });

const readDays = async (services: Services, { workspaceId, query, timeZone }: Asking, found: readonly FoundMetric[], period: { from: string; to: string }): Promise<DayRow[][]> => {
  const { selection } = await readSelection(services, workspaceId, { ...query, ...period });
  return readMetricDays(services, found, { selection, timeZone, filters: query });
};

type Part = { rows: readonly DayRow[]; days: Days };

const compare = (metric: Metric, before: Part, now: Part): LevelChange[] => {
  const scale = metric.limits ?? mainScale(metric.measure, now.rows.length === 0 ? before.rows : now.rows);
  const stretch = ({ rows, days }: Part, from: number): Stretch => ({ ...days, series: levelSeries(metric.measure, rows, { from, to: days.end }, scale) });
  const found = compareStretches(stretch(before, usualFrom(before.days)), stretch(now, now.days.from));
  if (found === null) return [];
  const factor = unitOf(metric.measure) === "scale" ? 1 : 100;
  return [{ metric: metric.key, count: found.count, previousCount: found.countBefore, difference: found.difference * factor, low: found.low * factor, high: found.high * factor, p: found.p }];
};
