import { z } from "zod";
import { measureName, needFact, needFactBin, needFactCase, type MeasureName } from "../need-facts/need-facts.contract.ts";
import { answer, breakdownQuery, breakdownReply, metricFilters, metricSummary, type MetricKey, trendBreak, trendQuery, trendReply } from "../metrics/metrics.contract.ts";

// Taken from the questions that metrics answer, so that a metric, a split or a filter that is added there can stand on a tile.
export const metric = breakdownQuery.shape.metric.unwrap();
export const split = breakdownQuery.shape.by;

/** Beside metrics, the share of cases over the limit of a need's measure from facts. */
const factPrefix = "fact_";
const factKey = z.templateLiteral([factPrefix, measureName]);
export type FactKey = z.infer<typeof factKey>;
export const factKeys: readonly FactKey[] = measureName.options.map((measure) => `${factPrefix}${measure}` as const);
export const tileMetric = z.union([metric, factKey]).describe("a metric, or fact_ and the name of a measure of needs from facts: every chart but stacked bars shows these too");
export type TileMetric = z.infer<typeof tileMetric>;
export const measureOfFact = (key: FactKey): MeasureName => measureName.parse(key.slice(factPrefix.length));
const bucket = trendQuery.shape.bucket;
const filterName = metricFilters.omit({ from: true, to: true }).keyof();

export const tilesMax = 40;
const rowsMax = 400;
const heightMax = 20;

export const presetNames = ["7d", "30d", "90d", "12m", "all"] as const;
export const presetName = z.enum(presetNames);
export type PresetName = z.infer<typeof presetName>;

const day = z.iso.date();
/** The last so many days with today, or days of the workspace's calendar, half open. */
export const periodChoice = z.union([z.object({ preset: presetName }), z.object({ from: day, to: day.describe("day after the last") })]);
export type PeriodChoice = z.infer<typeof periodChoice>;

/** Values per name; several of one name are "or", several names "and". The empty text means "not named". */
export const tileFilters = z.partialRecord(filterName, z.array(z.string().max(300)).max(50)).meta({ id: "TileFilters" });
export type TileFilters = z.infer<typeof tileFilters>;
export type FilterName = z.infer<typeof filterName>;

const line = (most: number) => z.string().trim().max(most).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");

export const place = z.object({
  x: z.int().min(0).max(11),
  y: z.int().min(0).max(rowsMax),
  w: z.int().min(1).max(12),
  h: z.int().min(1).max(heightMax),
});
export type Place = z.infer<typeof place>;

const every = { id: z.uuid(), title: line(120).default("").describe("empty: named after what it shows"), place };
const measured = {
  ...every,
  metric,
  filters: tileFilters.default({}),
  period: presetName.nullable().default(null).describe("null: the period of the board"),
  isWeighted: z.boolean().default(false).describe("scores by the weights of answers, where these have any"),
  target: z.number().min(-1000).max(1000).nullable().default(null).describe("what is to be reached, in the unit of the metric"),
};

/** One tile of a board. */
export const tile = z.discriminatedUnion("chart", [
  z.object({ chart: z.literal("number"), ...measured, metric: tileMetric }),
  z.object({ chart: z.literal("trend"), ...measured, metric: tileMetric, bucket: bucket.nullable().default(null) }),
  z.object({ chart: z.literal("bars"), ...measured, metric: tileMetric, split }),
  z.object({ chart: z.literal("table"), ...measured, metric: tileMetric, split }),
  z.object({ chart: z.literal("stacked"), ...measured, split }),
  z.object({ chart: z.literal("heat"), ...measured, metric: tileMetric, split, bucket: bucket.nullable().default(null) }),
  z.object({ chart: z.literal("distribution"), ...measured, metric: tileMetric }),
  z.object({ chart: z.literal("answers"), ...measured, metric: tileMetric, hasWordsOnly: z.boolean().default(false) }),
  z.object({ chart: z.literal("note"), ...every, text: z.string().max(4000).regex(/^[^\p{Cs}\0]*$/u, "plain text").default("") }),
]).meta({ id: "Tile" });
export type Tile = z.infer<typeof tile>;
export type GivenTile = z.input<typeof tile>;
export type MeasuredTile = Exclude<Tile, { chart: "note" }>;
/** Of facts there are no bands to be stacked; their answers are cases. */
type FactChart = Exclude<MeasuredTile["chart"], "stacked">;
/** A tile of a measure from facts. */
export type FactTile = Extract<MeasuredTile, { chart: FactChart }> & { metric: FactKey };
/** A tile of a metric. */
export type MetricTile = MeasuredTile & { metric: MetricKey };
export const isFactTile = (tile: MeasuredTile): tile is FactTile => tile.metric.startsWith(factPrefix);
export const isMetricTile = (tile: MeasuredTile): tile is MetricTile => !isFactTile(tile);
export type ChartName = Tile["chart"];

const unit = z.enum([...metricSummary.shape.unit.options, "percent_over"]).describe("as of metrics; percent_over: percent of cases over a limit, of which less is better");
const summary = metricSummary.extend({ metric: tileMetric, unit });
const trend = trendReply.extend({ metric: tileMetric, unit });
const breakdown = breakdownReply.extend({ metric: tileMetric, unit });

const instants = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

/** A row of stacked bars: how the answers of one group fall into the bands of the metric. */
const bandRow = z.object({
  value: z.string().nullable(),
  label: z.string().nullable(),
  count: z.int(),
  bands: z.array(z.object({ name: z.string(), count: z.int(), share: z.number() })).describe("best first; adds up to count"),
});
export type BandRow = z.infer<typeof bandRow>;

/** A row of a heat map: one group over time. */
const heatRow = z.object({ value: z.string().nullable(), label: z.string().nullable(), points: trendReply.shape.points });
export type HeatRow = z.infer<typeof heatRow>;

export const tileNumbers = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("measured"),
    tileId: z.uuid(),
    asked: z.object({ period: instants, filters: tileFilters }).describe("what the numbers are about, to ask for the answers behind them"),
    isWeighted: z.boolean().describe("whether scores, intervals, changes and tests here are by weights; bands, spreads and answers never are"),
    previous: instants.nullable(),
    definition: metricSummary.shape.definition,
    fact: z
      .object({ measure: measureName, unit: needFact.shape.unit, limit: z.number(), ageDays: z.number().nullable(), ripeUntil: z.iso.datetime().nullable() })
      .nullable()
      .describe("of a measure from facts: what counts are cases of, and as of a course how old each was and until when all had their time"),
    summary: summary.nullable().describe("isSignificant of its change: p < 0.05, and of all changes marked among the tiles asked for together at most one in twenty is chance"),
    trend: trend.nullable(),
    breaks: z.array(trendBreak).nullable().describe("of a trend: where its line must not be read across; null for other charts"),
    breakdown: breakdown.nullable(),
    bands: z.array(bandRow).nullable(),
    heat: z.array(heatRow).nullable(),
    answers: z.array(answer).nullable(),
    spread: z.array(needFactBin).nullable().describe("of a distribution of facts: how the values of cases spread; empty for fewer than five cases"),
    cases: z.array(needFactCase).nullable().describe("of answers of facts: the cases over the limit, worst first; for whoever may see customers"),
  }),
  z.object({ state: z.literal("excluded"), tileId: z.uuid(), reason: z.enum(["filters_disagree", "personal", "nothing_to_measure"]) }),
  z.object({ state: z.literal("failed"), tileId: z.uuid(), code: z.string(), message: z.string() }),
]).meta({ id: "TileNumbers" });
export type TileNumbers = z.infer<typeof tileNumbers>;
export type Measured = Extract<TileNumbers, { state: "measured" }>;

export const boardNumbers = z.object({ period: z.object({ from: day, to: day }), timeZone: z.string(), tiles: z.array(tileNumbers) });
export type BoardNumbers = z.infer<typeof boardNumbers>;

const everyTile = z.boolean().default(false).describe("true: every tile by weights; false: as each tile says");
export const askedOfBoard = z.object({
  period: periodChoice.optional().describe("without it the period the board was saved with"),
  filters: tileFilters.default({}),
  isWeighted: everyTile,
  tileIds: z.array(z.uuid()).max(tilesMax).optional().describe("only these tiles"),
});
export type AskedOfBoard = z.output<typeof askedOfBoard>;

export const askedOfTiles = z.object({ period: periodChoice, filters: tileFilters.default({}), isWeighted: everyTile, tiles: z.array(tile).min(1).max(tilesMax) });
export type AskedOfTiles = z.output<typeof askedOfTiles>;
