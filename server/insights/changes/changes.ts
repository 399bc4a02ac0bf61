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
import type { MetricKey, Scale } from "../metrics/metrics.contract.ts";
import type { Selection } from "../metrics/metrics.queries.ts";
import type { SameScores } from "../metrics/metrics.rules.ts";
import { readSameCustomers } from "../metrics/same-customers.ts";
import { readSelection, requirePeriod, showPeriod } from "../metrics/selection.ts";
import type { changesQuery, ChangesReply, LevelChange } from "./changes.contract.ts";

type Query = z.output<typeof changesQuery>;

/** Days of a period that are compared one by one. */
const DAYS_MAX = 1_100;

/** Metrics of a period against the one before it.
 *  @param known of which of them many customers answered in both periods, where that was looked up already
 *  @throws metric_unknown, filter_not_for_metric and those of the filters */
export const showChanges = async (services: Services, workspaceId: string, query: Query, known?: ReadonlyMap<MetricKey, SameScores>): Promise<ChangesReply> => {
  const found = await Promise.all([...new Set(query.metrics ?? metricNames)].map((key) => getMetric(services, workspaceId, key)));
  for (const one of found) refuseWrongFilters(one, query);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const isOwnComparison = query.compareFrom !== undefined || query.compareTo !== undefined;
  const previous = isOwnComparison ? requirePeriod(services, { from: query.compareFrom, to: query.compareTo }, timeZone) : previousPeriod(selection, timeZone);
  const isTooLong = [selection, previous].some((period) => lengthOf(period) > DAYS_MAX * dayMs);
  const changes = isTooLong ? [] : await compareAll(services, { selection, previous, timeZone, filters: query }, { found, known });
  return { period: showPeriod(selection), previous: showPeriod(previous), changes, isTooLong };
};

const lengthOf = ({ fromMs, toMs }: Period): number => toMs - fromMs;

type Asked = { selection: Selection; previous: Period; timeZone: string; filters: Query };
type Days = { from: number; end: number };

const compareAll = async (services: Services, asked: Asked, { found, known }: { found: readonly FoundMetric[]; known: ReadonlyMap<MetricKey, SameScores> | undefined }): Promise<LevelChange[]> => {
  const { selection, previous, timeZone } = asked;
  const [earlier, later] = [daysIn(previous, timeZone), daysIn(selection, timeZone)];
  const [before, now] = await readDays(services, asked, found, { earlier, later });
  const today = dayNumber(localDay(services.clock.now().getTime(), timeZone));
  const parts = found.flatMap((one, place): Part[] => {
    // Who was asked in the last days may answer yet.
    const last = one.metric.source === "outreach" ? today - 1 - answeringDays : today;
    const upTo = ({ from, end }: Days): Days => ({ from, end: Math.min(end, last) });
    const rows = { before: before[place] ?? [], now: now[place] ?? [] };
    const scale = scaleOf(one.metric, rows);
    const part = { found: one, ...rows, scale, stretches: stretchesOf(one, { ...rows, scale }, { before: upTo(earlier), now: upTo(later) }) };
    // What cannot be compared need not be looked up.
    return compare(part, 1).length === 0 ? [] : [part];
  });
  const same = known ?? await readSameCustomers(services, parts.map((part) => ({ ...part, count: countOf(part, part.now) + countOf(part, part.before, earlier.from) })), asked);
  return parts.flatMap((part) => compare(part, same.get(part.found.metric.key)?.plain?.spread ?? 1));
};

const scaleOf = (metric: Metric, { before, now }: Omit<Rows, "scale">): Scale => metric.limits ?? mainScale(metric.measure, now.length === 0 ? before : now);
const countOf = ({ scale: { min, max } }: Rows, rows: readonly DayRow[], from = 0): number =>
  rows.reduce((sum, row) => sum + ((row.scaleMin ?? min) === min && (row.scaleMax ?? max) === max && dayNumber(row.day) >= from ? row.count : 0), 0);

const daysIn = ({ fromMs, toMs }: Period, timeZone: string): Days => ({ from: dayNumber(localDay(fromMs, timeZone)), end: dayNumber(localDay(toMs - 1, timeZone)) });

/** Answers by day of what is usual around the earlier period, and of the later one. Where a day that begins parts them, one reading brings both. */
const readDays = async (services: Services, { selection, previous, timeZone, filters }: Asked, found: readonly FoundMetric[], { earlier, later }: { earlier: Days; later: Days }): Promise<[DayRow[][], DayRow[][]]> => {
  const usual = requirePeriod(services, { from: dayName(usualFrom(earlier)), to: new Date(previous.toMs).toISOString() }, timeZone);
  const read = (period: Period): Promise<DayRow[][]> => readMetricDays(services, found, { selection: { ...selection, ...period }, timeZone, filters });
  const both = { fromMs: usual.fromMs, toMs: selection.toMs };
  // A formula is worked out some weeks after the other, so that two halves at a time are done sooner.
  const isParted = previous.toMs !== selection.fromMs || earlier.end === later.from || found.some(({ metric }) => metric.source === "formula");
  if (isParted || lengthOf(both) > DAYS_MAX * dayMs) return Promise.all([read(usual), read(selection)]);
  const all = await read(both);
  const first = dayName(later.from);
  return [all.map((rows) => rows.filter(({ day }) => day < first)), all.map((rows) => rows.filter(({ day }) => day >= first))];
};

type Part = Rows & { found: FoundMetric; stretches: Record<"before" | "now", Stretch> };
type Rows = { before: readonly DayRow[]; now: readonly DayRow[]; scale: Scale };

const stretchesOf = ({ metric }: FoundMetric, { before, now, scale }: Rows, days: Record<"before" | "now", Days>): Part["stretches"] => {
  const stretch = (rows: readonly DayRow[], own: Days, from: number): Stretch => ({ ...own, series: levelSeries(metric.measure, rows, { from, to: own.end }, scale) });
  return { before: stretch(before, days.before, usualFrom(days.before)), now: stretch(now, days.now, days.now.from) };
};

const compare = ({ found: { metric }, stretches }: Part, spread: number): LevelChange[] => {
  const found = compareStretches(stretches.before, stretches.now, spread);
  if (found === null) return [];
  const factor = unitOf(metric.measure) === "scale" ? 1 : 100;
  return [{ metric: metric.key, count: found.count, previousCount: found.countBefore, difference: found.difference * factor, low: found.low * factor, high: found.high * factor, p: found.p }];
};
