// What a report asks of the analytics store. Without traits and weights it reads counts that add up (a row per day, cell and box);
// with them it reads the marks themselves.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import { BoxKind } from "./marks.contract.ts";
import { axisJoin, axisValue, marksOf, responsesWithValues, startQuery, timeKey, weightedResponses } from "./report-pieces.queries.ts";
import type { Axis, Query, ReportSelection, Weights } from "./report-pieces.queries.ts";
import { CELL_DIMENSIONS } from "./reports.contract.ts";
import type { CellDimension } from "./reports.contract.ts";

const boxCount = z.object({
  group: z.string(), survey_id: z.string(), question: z.string(), kind: BoxKind, part: z.string(), choice: z.string(), number: z.number().nullable(),
  count: z.number(), total: z.number(), squares: z.number(),
  weights: z.number(), squared_weights: z.number(), weighted_total: z.number(), squared_weights_total: z.number(), squared_weighted_total: z.number(),
});
export type BoxCount = {
  group: string; surveyId: string; question: string; kind: BoxKind; part: string; choice: string; number: number | null;
  count: number; total: number; squares: number;
  weights: number; squaredWeights: number; weightedTotal: number; squaredWeightsTotal: number; squaredWeightedTotal: number;
};

const ROWS_MAX = 200_000;

/** Everything counted, box by box.
 *  @param asked.by one row per box and group instead; the empty group is "not named"
 *  @param asked.question only this question (and what became of the responses) */
export const countBoxes = async (
  analytics: AnalyticsStore,
  selection: ReportSelection,
  asked: { by?: Axis; weights?: Weights; question?: string } = {},
): Promise<BoxCount[]> => {
  const query = startQuery(selection);
  const isFast = selection.traits.length === 0 && selection.responseIds === null && asked.weights === undefined && (asked.by === undefined || asked.by.kind === "cell" || asked.by.kind === "time");
  const source = isFast ? fastSource(query, asked.by) : slowSource(query, asked.by, asked.weights);
  const wanted = asked.question === undefined ? "" : ` and boxes.question in (${query.bind(asked.question)}, '')`;
  const rows = await analytics.query(
    `select counted.grouped as "group", cast(boxes.survey_id as varchar) as survey_id, boxes.question, boxes.kind, boxes.part, boxes.choice, boxes.number,
            counted.count, counted.total, counted.squares, counted.weights, counted.squared_weights, counted.weighted_total, counted.squared_weights_total,
            counted.squared_weighted_total
     from (${source}) counted
     join boxes on boxes.box = counted.box
     where ${query.boxes}${wanted} and counted.count <> 0`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => {
    const { survey_id: surveyId, squared_weights: squaredWeights, weighted_total: weightedTotal, squared_weights_total: squaredWeightsTotal, squared_weighted_total: squaredWeightedTotal, ...rest } =
      boxCount.parse(row);
    return { ...rest, surveyId, squaredWeights, weightedTotal, squaredWeightsTotal, squaredWeightedTotal };
  });
};

// Counts: everything weighs 1, so sums of weights are counts.
const fastSource = (query: Query, by: Axis | undefined): string => {
  const inner = by?.kind === "cell" ? "cell" : by?.kind === "time" ? timeKey(by.unit, "day") : "''";
  const sums = "sum(count) as count, sum(total) as total, sum(squares) as squares";
  const counted = `select box, ${inner} as inner_key, ${sums} from answer_counts where ${query.own} and ${query.within} group by box, ${inner}`;
  const named = by?.kind === "cell"
    ? `select counts.box, cast(cells.${by.dimension} as varchar) as grouped, sum(counts.count) as count, sum(counts.total) as total, sum(counts.squares) as squares
       from (${counted}) counts join cells on cells.cell = counts.inner_key group by counts.box, grouped`
    : `select box, inner_key as grouped, count, total, squares from (${counted}) counts`;
  return `select box, grouped, cast(count as double) as count, total, squares, cast(count as double) as weights, cast(count as double) as squared_weights,
                 total as weighted_total, total as squared_weights_total, squares as squared_weighted_total
          from (${named}) named`;
};

// Marks themselves. Responses of one combination weigh the same, so marks are counted by box, group and combination, and the few sums are weighed.
const slowSource = (query: Query, by: Axis | undefined, weights: Weights | undefined): string => {
  const groupJoin = by === undefined ? "" : axisJoin(query, by, "along");
  const grouped = by === undefined ? "''" : axisValue(by, "along", "answers");
  const weighing = weighingOf(query, weights);
  return `select box, grouped, cast(sum(count) as double) as count, sum(total) as total, sum(squares) as squares,
                 sum(weight * count) as weights, sum(weight * weight * count) as squared_weights, sum(weight * total) as weighted_total,
                 sum(weight * weight * total) as squared_weights_total, sum(weight * weight * squares) as squared_weighted_total
          from (
            select answers.box, ${grouped} as grouped, ${weighing.weight} as weight, count(*) as count, coalesce(sum(answers.value), 0.0) as total,
                   coalesce(sum(answers.value * answers.value), 0.0) as squares
            from (${marksOf(query, query.own)}) answers ${groupJoin} ${weighing.join}
            group by answers.box, grouped, weight
          ) marks
          group by box, grouped`;
};

// The weight of each mark's response, beside marks under the name `answers`.
const weighingOf = (query: Query, weights: Weights | undefined): { join: string; weight: string } =>
  weights === undefined
    ? { join: "", weight: "1.0" }
    : { join: `left join (${weightedResponses(query, weights)}) weighed on weighed.response = answers.response`, weight: "coalesce(weighed.weight, 1.0)" };

/** How many responses that count there are for each combination of values of some axes. */
export const countCombinations = async (analytics: AnalyticsStore, selection: ReportSelection, axes: readonly Axis[]): Promise<{ values: string[]; count: number }[]> => {
  const query = startQuery(selection);
  const columns = axes.map((_, index) => `value_${index}`).join(", ");
  const rows = await analytics.query(
    `select ${columns}, count(*) as count from (${responsesWithValues(query, axes)}) responses_with_values group by ${columns} order by ${columns}`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => ({ values: axes.map((_, index) => String(row[`value_${index}`] ?? "")), count: Number(row["count"]) }));
};

/** How often the boxes of two axes come together. The row axis is a question; people who answered it are its `answered` rows.
 *  @returns one row per pair */
export const countPairs = async (
  analytics: AnalyticsStore,
  selection: ReportSelection,
  row: { question: string; part: string },
  column: Axis,
  weights?: Weights,
): Promise<PairCount[]> => {
  const query = startQuery(selection);
  const join = axisJoin(query, column, "across");
  const weighing = weighingOf(query, weights);
  const rows = await analytics.query(
    `select boxes.kind, boxes.choice, boxes.number, paired.met as "column", paired.count, paired.weights, paired.squared_weights
     from (
       select box, met, cast(sum(count) as double) as count, sum(weight * count) as weights, sum(weight * weight * count) as squared_weights
       from (
         select answers.box, ${axisValue(column, "across", "answers")} as met, ${weighing.weight} as weight, count(*) as count
         from (${marksOf(query, `box in (select box from boxes where ${query.boxes} and question = ${query.bind(row.question)} and (kind = 'score' or (part = ${query.bind(row.part)} and kind in ('choice', 'answered'))))`)}) answers
         ${join} ${weighing.join}
         group by answers.box, met, weight
       ) marks
       group by box, met
     ) paired
     join boxes on boxes.box = paired.box`,
    query.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((one) => {
    const { squared_weights: squaredWeights, ...pair } = pairRow.parse(one);
    return { ...pair, squaredWeights };
  });
};
const pairRow = z.object({ kind: BoxKind, choice: z.string(), number: z.number().nullable(), column: z.string(), count: z.number(), weights: z.number(), squared_weights: z.number() });
export type PairCount = { kind: BoxKind; choice: string; number: number | null; column: string; count: number; weights: number; squaredWeights: number };

export type NumberSpread = { question: string; min: number; max: number; median: number };

/** Least, greatest and middle value of every question that takes numbers of any size. */
export const readSpreads = async (analytics: AnalyticsStore, selection: ReportSelection, questions: readonly string[]): Promise<NumberSpread[]> => {
  if (questions.length === 0) return [];
  const query = startQuery(selection);
  const rows = await analytics.query(
    `select boxes.question, min(answers.value) as min, max(answers.value) as max, ${analytics.dialect.quantile(0.5, "answers.value")} as median
     from (${marksOf(query, amounts(query, questions))}) answers join boxes on boxes.box = answers.box
     group by boxes.question`,
    query.values,
  );
  return rows.map((row) => z.object({ question: z.string(), min: z.number(), max: z.number(), median: z.number() }).parse(row));
};

/** Answers by bin of equal width from `start` on. */
export const countBins = async (
  analytics: AnalyticsStore,
  selection: ReportSelection,
  bins: readonly { question: string; start: number; width: number; last: number }[],
): Promise<{ question: string; bin: number; count: number }[]> => {
  if (bins.length === 0) return [];
  const query = startQuery(selection);
  const given = bins.map((one) => `(${query.bind(one.question)}, cast(${query.bind(one.start)} as double), cast(${query.bind(one.width)} as double), cast(${query.bind(one.last)} as double))`);
  const rows = await analytics.query(
    `select bins.question, least(floor((answers.value - bins.start) / bins.width), bins.last) as bin, count(*) as count
     from (${marksOf(query, amounts(query, bins.map(({ question }) => question)))}) answers
     join boxes on boxes.box = answers.box
     join (values ${given.join(", ")}) bins (question, start, width, last) on bins.question = boxes.question
     group by bins.question, bin`,
    query.values,
  );
  return rows.map((row) => z.object({ question: z.string(), bin: z.number(), count: z.number() }).parse(row));
};

const amounts = (query: Query, questions: readonly string[]): string =>
  `box in (select box from boxes where ${query.boxes} and kind = 'amount' and choice = '' and question in (${questions.map((id) => query.bind(id)).join(", ")}))`;

const VALUES_MAX = 5_000;

/** How often each value was given, where there are few enough values: everything about a slider from one pass.
 *  @returns null when there are too many different values */
export const countValues = async (analytics: AnalyticsStore, selection: ReportSelection, questions: readonly string[]): Promise<{ question: string; value: number; count: number }[] | null> => {
  if (questions.length === 0) return [];
  const query = startQuery(selection);
  const rows = await analytics.query(
    `select boxes.question, counted.value, cast(counted.count as double) as count
     from (select box, value, count(*) as count from (${marksOf(query, amounts(query, questions))}) answers group by box, value limit ${VALUES_MAX + 1}) counted
     join boxes on boxes.box = counted.box
     order by boxes.question, counted.value`,
    query.values,
  );
  return rows.length > VALUES_MAX ? null : rows.map((row) => z.object({ question: z.string(), value: z.number(), count: z.number() }).parse(row));
};

const SECONDS_MAX = 36_000;

/** Seconds from opening to completion, the middle response; whole seconds, counted rather than sorted, and ten hours at most. */
export const readMedianSeconds = async (analytics: AnalyticsStore, selection: ReportSelection): Promise<number | null> => {
  const query = startQuery(selection);
  const [row] = await analytics.query(
    `select min(second) as median
     from (
       select second, sum(count) over (order by second) as reached, sum(count) over () as total
       from (
         select least(floor(seconds), ${SECONDS_MAX}.0) as second, count(*) as count from responses
         where workspace_id = ${query.workspace} and survey_id in (${query.surveys}) and is_counted and seconds is not null and ${query.within} and ${query.segment("responses.response")}
         group by second
       ) counted
     ) ranked
     where reached * 2 >= total`,
    query.values,
  );
  const median = row?.["median"];
  return typeof median === "number" ? median : null;
};

/** What there is to filter by, with responses each, most first. */
export const listDimensions = async (analytics: AnalyticsStore, selection: ReportSelection): Promise<Record<CellDimension, { value: string; count: number }[]>> => {
  const query = startQuery({ ...selection, days: { from: null, to: null }, cells: {}, traits: [], responseIds: null });
  const rows = await analytics.query(
    `select ${CELL_DIMENSIONS.map((dimension) => `cast(cells.${dimension} as varchar) as ${dimension}`).join(", ")}, cast(sum(counted.count) as double) as count
     from (
       select cell, sum(count) as count from answer_counts
       where box in (select box from boxes where ${query.boxes} and kind = 'fate') group by cell
     ) counted
     join cells on cells.cell = counted.cell
     group by all`,
    query.values,
  );
  const of = (dimension: CellDimension) => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(String(row[dimension]), (counts.get(String(row[dimension])) ?? 0) + Number(row["count"]));
    return [...counts].map(([value, count]) => ({ value, count })).filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, 200);
  };
  return { channel: of("channel"), language: of("language"), version: of("version"), touchpoint: of("touchpoint"), campaign: of("campaign"), wave: of("wave") };
};

/** Traits that make segments, with their values. */
export const listTraitNames = async (analytics: AnalyticsStore, workspaceId: string): Promise<{ name: string; values: string[] }[]> => {
  const rows = await analytics.query(
    "select name, value from trait_values where workspace_id = cast($1 as uuid) and value <> '' order by name, value limit 5000",
    [workspaceId],
  );
  const names = Map.groupBy(rows, (row) => String(row["name"]));
  return [...names].map(([name, own]) => ({ name, values: own.map((row) => String(row["value"])) })).slice(0, 100);
};

