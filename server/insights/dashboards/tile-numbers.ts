import { localDay } from "#customers";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { findAnswerSpan, listAnswers, type AnswersReader } from "../metrics/answers.ts";
import { readBreakdown, type ReadBreakdown } from "../metrics/breakdown.ts";
import { showBreaks } from "../metrics/breaks.ts";
import { showCourses } from "../metrics/courses.ts";
import type { AnswersReply, BreakdownReply, BreaksReply, SummaryReply, TrendReply } from "../metrics/metrics.contract.ts";
import { getMetric } from "../metrics/custom-metrics.ts";
import { showTrend, summariseMetrics } from "../metrics/metrics.ts";
import type { FoundMetric } from "../metrics/metric-rows.ts";
import { requirePeriod, showPeriod } from "../metrics/selection.ts";
import { controlChanges } from "./board-discoveries.rules.ts";
import { bucketFor, daysOf, entriesOf, joinFilters } from "./board-period.rules.ts";
import { sideBySide } from "./side-by-side.ts";
import { createFactTiles } from "./fact-tiles.ts";
import { byWeights } from "./weighted-tiles.rules.ts";
import { isFactTile, isMetricTile, type AskedOfTiles, type BandRow, type BoardNumbers, type HeatRow, type Measured, type MeasuredTile, type MetricTile, type PeriodChoice, type TileFilters, type TileNumbers } from "./tiles.contract.ts";

/** More at once would only queue in the analytics store, before the questions of other screens. */
const TILES_AT_ONCE = 6;
const ROWS_MAX = 8;
/** As many as one question about scores may name. */
const METRICS_TOGETHER = 20;
const ANSWERS_MAX = 20;
/** Answers read to find enough that have words. */
const ANSWERS_READ = 100;

/** The numbers of many tiles at once, their changes marked as of one board. What cannot be measured says so in its place and leaves the others whole. */
export const measureTiles = async (services: Services, workspaceId: string, asked: AskedOfTiles, reader: AnswersReader): Promise<BoardNumbers> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const today = localDay(services.clock.now().getTime(), timeZone);
  const chooseDays = await createDays(services, workspaceId, asked, { timeZone, today });
  const measured = asked.tiles.flatMap((tile) => (tile.chart === "note" ? [] : [tile]));
  const metrics = createMetrics(services, workspaceId, measured.filter(isMetricTile), reader);
  const measureFact = createFactTiles(services, workspaceId, reader);
  const tiles = await sideBySide(measured, TILES_AT_ONCE, async (tile): Promise<TileNumbers> => {
    const filters = joinFilters(tile.filters, asked.filters);
    if (filters === null) return { state: "excluded", tileId: tile.id, reason: "filters_disagree" };
    try {
      const days = chooseDays(tile.period === null ? asked.period : { preset: tile.period });
      const period = showPeriod(requirePeriod(services, days, timeZone));
      if (isFactTile(tile)) return await measureFact(tile, { days, filters, period });
      if (!isMetricTile(tile)) return nothing(tile);
      const numbers = await measureTile(metrics, tile, { days, filters, period });
      return numbers.state === "measured" && (asked.isWeighted || tile.isWeighted) ? byWeights(numbers) : numbers;
    } catch (error) {
      return failureOf(services, tile.id, error);
    }
  });
  return { period: chooseDays(asked.period), timeZone, tiles: controlChanges(tiles) };
};

type Days = { from: string; to: string };
type Asked = { days: Days; filters: TileFilters; period: { from: string; to: string } };

const measureTile = async (metrics: Metrics, tile: MetricTile, asked: Asked): Promise<TileNumbers> => {
  const empty = { fact: null, summary: null, trend: null, breaks: null, breakdown: null, bands: null, heat: null, answers: null, spread: null, cases: null, previous: null };
  const base: Measured = { state: "measured", tileId: tile.id, asked: { period: asked.period, filters: asked.filters }, isWeighted: false, definition: await metrics.definition(tile), ...empty };
  switch (tile.chart) {
    case "number": {
      const [read, trend] = await Promise.all([metrics.summary(tile, asked), metrics.trend(tile, asked, null)]);
      return read === null ? nothing(tile) : { ...base, ...read, trend };
    }
    case "distribution": {
      const read = await metrics.summary(tile, asked);
      return read === null ? nothing(tile) : { ...base, ...read };
    }
    case "trend": {
      const [trend, breaks] = await Promise.all([metrics.trend(tile, asked, tile.bucket), metrics.breaks(tile, asked, tile.bucket)]);
      return { ...base, trend, breaks };
    }
    case "bars":
    case "table":
      return { ...base, breakdown: (await metrics.breakdown(tile, asked, tile.split)).reply };
    case "stacked": {
      const read = await metrics.breakdown(tile, asked, tile.split);
      return { ...base, breakdown: read.reply, bands: bandsOf(read) };
    }
    case "heat": {
      const read = await metrics.breakdown(tile, asked, tile.split);
      return { ...base, breakdown: read.reply, heat: await measureHeat(metrics, tile, asked, read) };
    }
    case "answers": {
      const items = await metrics.answers(tile, asked, tile.hasWordsOnly ? ANSWERS_READ : ANSWERS_MAX);
      const wanted = tile.hasWordsOnly ? items.filter(({ comment }) => comment !== null) : items;
      return { ...base, answers: wanted.slice(0, ANSWERS_MAX) };
    }
  }
};

const nothing = ({ id }: MeasuredTile): TileNumbers => ({ state: "excluded", tileId: id, reason: "nothing_to_measure" });

const rowsOf = ({ reply: { groups } }: ReadBreakdown): { value: string | null; label: string | null }[] => groups.slice(0, ROWS_MAX).map(({ value, label }) => ({ value, label }));

const bandsOf = (read: ReadBreakdown): BandRow[] => rowsOf(read).map((row) => ({ ...row, ...read.bandsOf(row.value) }));

const measureHeat = async (metrics: Metrics, tile: MetricTile & { chart: "heat" }, asked: Asked, read: ReadBreakdown): Promise<HeatRow[]> => {
  const rows = rowsOf(read);
  const courses = await metrics.courses(tile, asked, rows.map(({ value }) => value ?? ""));
  return rows.map((row) => ({ ...row, points: courses.get(row.value ?? "") ?? [] }));
};

type MetricOf = Pick<MetricTile, "metric">;
type Metrics = {
  definition: (tile: MetricOf) => Promise<Measured["definition"]>;
  summary: (tile: MetricOf, asked: Asked) => Promise<Pick<Measured, "previous"> & { summary: NonNullable<Measured["summary"]> } | null>;
  trend: (tile: MetricOf, asked: Asked, bucket: "day" | "week" | "month" | null) => Promise<TrendReply>;
  breaks: (tile: MetricOf, asked: Asked, bucket: "day" | "week" | "month" | null) => Promise<BreaksReply["breaks"]>;
  breakdown: (tile: MetricOf, asked: Asked, by: BreakdownReply["by"]) => Promise<ReadBreakdown>;
  courses: (tile: MetricTile & { chart: "heat" }, asked: Asked, groups: readonly string[]) => Promise<Map<string, TrendReply["points"]>>;
  answers: (tile: MetricOf, asked: Asked, limit: number) => Promise<AnswersReply["items"]>;
};

/** Asks each question once, however many tiles of a board share it: a row of scores is one reading of the answers. */
const createMetrics = (services: Services, workspaceId: string, tiles: readonly MetricTile[], reader: AnswersReader): Metrics => {
  const together = [...new Set(tiles.flatMap(({ chart, metric }) => (chart === "number" || chart === "distribution" ? [metric] : [])))].slice(0, METRICS_TOGETHER);
  // A distribution shows no change.
  const compared = tiles.flatMap(({ chart, metric }) => (chart === "number" ? [metric] : []));
  const definitions = remember<FoundMetric>();
  const summaries = remember<SummaryReply>();
  const trends = remember<TrendReply>();
  const breaks = remember<BreaksReply>();
  const breakdowns = remember<ReadBreakdown>();
  const summarise = (asked: Asked, metrics: MetricTile["metric"][]): Promise<SummaryReply> => {
    const query = { ...queryOf(asked), metrics };
    return summaries(query, () => summariseMetrics(services, workspaceId, query, compared));
  };
  return {
    definition: async ({ metric }) => (await definitions({ metric }, () => getMetric(services, workspaceId, metric))).metric.definition,
    summary: async ({ metric }, asked) => {
      // What one of them refuses, such as a filter that does not fit it, is not to take the others along.
      const reply = together.includes(metric) ? await summarise(asked, together).catch(() => summarise(asked, [metric])) : await summarise(asked, [metric]);
      const summary = reply.metrics.find((one) => one.metric === metric);
      return summary === undefined ? null : { summary, previous: reply.previous };
    },
    trend: ({ metric }, asked, bucket) => {
      const query = { ...queryOf(asked), metric, bucket: bucket ?? bucketFor(asked.days) };
      return trends(query, () => showTrend(services, workspaceId, query));
    },
    breaks: async ({ metric }, asked, bucket) => {
      const query = { ...queryOf(asked), metric, bucket: bucket ?? bucketFor(asked.days) };
      return (await breaks(query, () => showBreaks(services, workspaceId, query))).breaks;
    },
    breakdown: ({ metric }, asked, by) => {
      const query = { ...queryOf(asked), metric, by };
      return breakdowns(query, () => readBreakdown(services, workspaceId, query));
    },
    courses: ({ metric, split, bucket }, asked, groups) => showCourses(services, workspaceId, { ...queryOf(asked), metric, by: split, bucket: bucket ?? bucketFor(asked.days) }, groups),
    answers: async ({ metric }, asked, limit) => (await listAnswers(services, workspaceId, { ...queryOf(asked), metric, limit }, reader)).items,
  };
};

const queryOf = ({ days, filters }: Asked) => ({ ...days, ...Object.fromEntries(entriesOf(filters)) });

const remember = <Reply>(): ((query: object, ask: () => Promise<Reply>) => Promise<Reply>) => {
  const known = new Map<string, Promise<Reply>>();
  return (query, ask) => {
    const key = JSON.stringify(query);
    const before = known.get(key);
    if (before !== undefined) return before;
    const asked = ask();
    known.set(key, asked);
    return asked;
  };
};

const createDays = async (services: Services, workspaceId: string, asked: AskedOfTiles, now: { timeZone: string; today: string }): Promise<(choice: PeriodChoice) => Days> => {
  const isAll = (choice: PeriodChoice): boolean => "preset" in choice && choice.preset === "all";
  const needsSpan = isAll(asked.period) || asked.tiles.some((tile) => tile.chart !== "note" && tile.period === "all");
  const { first, last } = needsSpan ? await findAnswerSpan(services, workspaceId) : { first: null, last: null };
  const dayOf = (time: string): string => localDay(Date.parse(time), now.timeZone);
  const span = first === null || last === null ? null : { first: dayOf(first), last: dayOf(last) };
  return (choice) => daysOf(choice, now.today, span);
};

const failureOf = (services: Services, tileId: string, error: unknown): TileNumbers => {
  if (error instanceof AppError) return { state: "failed", tileId, code: error.code, message: error.message };
  // The other tiles are answered all the same, so this is the edge at which the defect is noted.
  services.log.error({ err: error }, "a tile of a dashboard failed");
  return { state: "failed", tileId, code: "internal", message: "Something went wrong inside Firsthand. The log has the details." };
};
