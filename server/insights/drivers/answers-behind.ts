// The answers and customers behind a part of a factor: who rated it low, whose need was unmet, who met the touchpoint before.
import { readResponses, withoutTraceable } from "#feedback";
import { keepReadings, nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import type { DriverAnswers, DriverAnswersQuery } from "./drivers.contract.ts";
import { driversErrors, readAnalysed, startAnalysis, type Analysed } from "./drivers.ts";
import { listRowsBehind } from "./parts.rules.ts";

const nobody: DriverAnswers = { count: 0, everyNth: 1, isTooFewToShow: false, items: [], nextCursor: null };

// Every page, and every part of a factor, is cut from one reading of all answers that are compared: of a hundred thousand some twenty megabytes.
const keepAnalysed = keepReadings<Analysed>({ ms: 60_000, most: 3 });

/** The answers that were compared and lie in a part of a factor, those with the lowest outcome first.
 *  @throws not_found, outcome_unusable, factors_unusable, drivers_factor_unusable, drivers_cursor_wrong, report_period_empty */
export const listDriverAnswers = async (services: Services, workspaceId: string, surveyId: string, query: DriverAnswersQuery): Promise<DriverAnswers> => {
  const analysis = await startAnalysis(services, workspaceId, surveyId, query);
  const { table, surroundings, outcome } = analysis;
  if (surroundings === null) return { ...nobody, isTooFewToShow: true };
  // Where there is nothing to compare nobody stands behind it.
  if (outcome === null || analysis.factors.length < 2) return nobody;
  const { cursor, limit, factor: name, part, ...compared } = query;
  const key = JSON.stringify([workspaceId, surveyId, outcome, analysis.factors, compared]);
  const analysed = await keepAnalysed(services.db, key, () => readAnalysed(services, { ...analysis, outcome, surroundings }, query, true));
  const { answers } = analysed;
  const factor = analysed.kept.indexOf(name);
  if (factor === -1) throw driversErrors.refuse("drivers_factor_unusable", `"${name}" is none of the factors that are compared here. Name it in \`factors\` as well.`);
  const behind = (one: DriverAnswersQuery["part"]): number[] => listRowsBehind(answers, { factor, part: one, missing: query.missing, range: analysed.ranges[factor] ?? null });
  const rows = behind(part);
  const { everyNth } = answers;
  if (withoutTraceable(table.asked.survey, part === "all" ? rows.length : behind("all").length, [{ count: rows.length }]).hidden > 0) return { ...nobody, everyNth, isTooFewToShow: true };
  const from = placeAfter(rows, answers.responseIds, cursor);
  const page = rows.slice(from, from + limit);
  const last = page.at(-1);
  return {
    count: rows.length, everyNth, isTooFewToShow: false,
    items: await showAnswers(services, workspaceId, page, analysed, factor),
    nextCursor: from + limit < rows.length && last !== undefined ? nextCursor([answers.responseIds[last] ?? ""]) : null,
  };
};

const placeAfter = (rows: readonly number[], ids: readonly string[], cursor: string | undefined): number => {
  if (cursor === undefined || cursor === "") return 0;
  const [id] = readCursor(cursor, 1) ?? [];
  const place = rows.findIndex((row) => ids[row] === id);
  if (place === -1) throw driversErrors.refuse("drivers_cursor_wrong", "The cursor is none that a page of this list gave out, or its answer has changed since. Start again without it.");
  return place + 1;
};

const showAnswers = async (services: Services, workspaceId: string, page: readonly number[], { answers }: Analysed, factor: number): Promise<DriverAnswers["items"]> => {
  const idOf = (row: number): string => answers.responseIds[row] ?? "";
  const responses = new Map((await readResponses(services, workspaceId, page.map(idOf))).map((response) => [response.id, response]));
  return page.flatMap((row) => {
    const response = responses.get(idOf(row));
    // Erased a moment ago.
    if (response === undefined) return [];
    const texts = response.answers.flatMap(({ questionType, text }) => (questionType === "text" && text !== null && text.trim() !== "" ? [text] : []));
    return [{
      responseId: response.id, at: response.completedAt ?? response.savedAt, customer: response.customer,
      outcome: answers.columns.at(-1)?.[row] ?? 0, value: answers.columns[factor]?.[row] ?? 0,
      comment: texts.length === 0 ? null : texts.join("\n"),
    }];
  });
};
