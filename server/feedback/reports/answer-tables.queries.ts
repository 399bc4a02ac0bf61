// Answers of one response beside one another, for what looks at several questions at once. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { marksOf, startQuery, weightedResponses } from "./report-pieces.queries.ts";
import type { ReportSelection, Weights } from "./report-pieces.queries.ts";

/** A question with a number as its answer; `part` is the scale that counts, empty for numbers without one. */
export type NumericQuestion = { id: string; part: string };

const RESPONSES_PER_LINE = 1_000;
const LINES_MAX = 10_000;

/** One row is a stretch of up to 1,000 responses, as text: values with commas between, then the weight, and the id where it is asked for, responses with semicolons between; an answer that
 *  is missing is empty. Rows of columns would be sent as an object each, which takes twenty times as long.
 *  @param given.everyNth only every so-manieth response */
export const listAnswerLines = async (
  analytics: AnalyticsStore,
  selection: ReportSelection,
  given: { questions: readonly NumericQuestion[]; weights: Weights | null; everyNth: number; hasIds: boolean },
): Promise<string[]> => {
  const query = startQuery(selection);
  const ids = given.questions.map(({ id, part }) => ({ id: query.bind(id), part: query.bind(part) }));
  const boxes = `box in (select box from boxes where ${query.boxes} and kind in ('score', 'amount') and (${ids.map(({ id, part }) => `(question = ${id} and part = ${part})`).join(" or ")}))`;
  const values = ids.map(({ id }, at) => `max(case when boxes.question = ${id} then coalesce(boxes.number, answers.value) end) as value_${at}`);
  const texts = ids.map((_, at) => `coalesce(cast(value_${at} as varchar), '')`);
  const weighed = given.weights === null ? "" : `left join (${weightedResponses(query, given.weights)}) weighed on weighed.response = beside.response`;
  const weight = given.weights === null ? "'1'" : "cast(coalesce(weighed.weight, 1.0) as varchar)";
  const rows = await analytics.query(
    `select string_agg(line, ';' order by response) as lines
     from (
       select beside.response, concat_ws(',', ${[...texts, weight, ...(given.hasIds ? ["cast(responses.id as varchar)"] : [])].join(", ")}) as line
       from (
         select answers.response, ${values.join(", ")}
         from (${marksOf(query, boxes)}) answers
         join boxes on boxes.box = answers.box
         where answers.response % cast(${query.bind(given.everyNth)} as bigint) = 0
         group by answers.response
       ) beside ${given.hasIds ? "join responses on responses.response = beside.response" : ""} ${weighed}
     ) lined
     group by response // ${RESPONSES_PER_LINE}
     order by min(response)`,
    query.values,
    { limitRows: LINES_MAX },
  );
  return rows.map((row) => String(row["lines"] ?? ""));
};
