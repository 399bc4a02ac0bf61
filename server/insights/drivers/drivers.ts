import { evidenceOf } from "#customers";
import { readAnswerTable, readNumericQuestions, type AnswerTable, type AskedTable } from "#feedback";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { usualFactors, usualOutcome } from "./choice.rules.ts";
import type { DriverQuestion, SurveyDrivers, SurveyDriversQuery } from "./drivers.contract.ts";
import { FACTORS_MAX } from "./importance.rules.ts";
import { measureApart, type Measured } from "./measuring.ts";
import { readSurroundingColumns, readSurroundings, type Surroundings } from "./surroundings.ts";

export const driversErrors = defineErrors("drivers", {
  outcome_unusable: { status: 400, meaning: "The outcome of drivers is a question of the survey with a score or a number as its answer." },
  factors_unusable: { status: 400, meaning: "Factors of drivers are questions of the survey with a score or a number as their answer, or needs, themes, touchpoints, effort and waiting beside them, each named once, at most fifteen, and not the outcome." },
  drivers_factor_unusable: { status: 400, meaning: "Answers are listed of one of the factors that are compared." },
  drivers_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out, or the answer it ends with is gone or answers something else by now. Start again without it." },
  drivers_busy: { status: 503, meaning: "Five others of the workspace, or twenty of all, wait for their drivers already. Try again in a minute." },
});

/** Shares of fewer would be chance. Source: display rules of small numbers. */
const ROWS_MIN = 30;
const BOOTSTRAPS = 1_000;
/** Filling gaps ten times takes some 100 µs per response. */
const FILLED_RESPONSES_MAX = 50_000;
/** Fixed, so that the same answers always show the same intervals. */
const SEED = 1;

/** What goes with one question of a survey, and how much.
 *  @throws not_found, outcome_unusable, factors_unusable, report_period_empty, drivers_busy */
export const showSurveyDrivers = async (services: Services, workspaceId: string, surveyId: string, query: SurveyDriversQuery): Promise<SurveyDrivers> => {
  const analysis = await startAnalysis(services, workspaceId, surveyId, query);
  const { table, surroundings, questions, outcome, factors } = analysis;
  const { survey, isTooFewToShow, dimensions, circumstances, traits } = table;
  const empty: SurveyDrivers = {
    survey, period: { from: query.from ?? null, to: query.to ?? null }, questions, dimensions, circumstances, traits, outcome, factors, evidence: "none", isTooFewToShow, fault: null, result: null, everyNth: 1,
  };
  if (outcome === null || surroundings === null) return empty;
  if (factors.length < 2) return { ...empty, fault: { fault: "too_few_factors", needed: 2 } };
  const { kept, ranges, answers } = await readAnalysed(services, { ...analysis, outcome, surroundings }, query);
  const { everyNth } = answers;
  const measured = await measureApart(workspaceId, { columns: answers.columns, weights: answers.weights }, { missing: query.missing, seed: SEED, names: kept, ranges, rowsMin: ROWS_MIN }, BOOTSTRAPS);
  if (measured === null) throw driversErrors.refuse("drivers_busy", "Many people are looking at drivers right now. Try again in a minute.");
  return { ...empty, factors: kept, everyNth, ...resultOf(measured) };
};

type Analysis = { table: AskedTable; surroundings: Surroundings | null; questions: DriverQuestion[]; outcome: string | null; factors: string[] };
/** What is compared: the factors that were kept with their scales, and a row per response, the outcome last. */
export type Analysed = { kept: string[]; ranges: ({ min: number; max: number } | null)[]; answers: AnswerTable };

/** What is to be explained by what; `surroundings` is null of a group that is too small to show, of which nothing else is said either.
 *  @throws not_found, outcome_unusable, factors_unusable, report_period_empty */
export const startAnalysis = async (services: Services, workspaceId: string, surveyId: string, query: SurveyDriversQuery): Promise<Analysis> => {
  const table = await readNumericQuestions(services, workspaceId, surveyId, query);
  const surroundings = table.isTooFewToShow ? null : await readSurroundings(services, workspaceId, surveyId, { from: query.from ?? null, to: query.to ?? null });
  const questions = [...table.questions, ...(surroundings?.questions ?? [])];
  const outcome = chooseOutcome(table.questions, query.outcome);
  return { table, surroundings, questions, outcome, factors: outcome === null ? [] : chooseFactors(questions, outcome, query.factors) };
};

/** @param hasIds with the id of every response */
export const readAnalysed = async (
  services: Services, { table, surroundings, questions, outcome, factors }: Analysis & { surroundings: Surroundings; outcome: string }, query: SurveyDriversQuery, hasIds = false,
): Promise<Analysed> => {
  const read = await readAnswers(services, table, { surroundings, outcome, factors, hasIds, isWeighted: query.weighted === true, ...(query.missing === "multiple" ? { most: FILLED_RESPONSES_MAX } : {}) });
  const { kept, answers } = isChosen(query.factors) ? { kept: factors, answers: read } : withoutSilentNeeds(factors, read);
  return { kept, answers, ranges: kept.map((id) => questions.find((question) => question.id === id)?.scale ?? null) };
};

const isChosen = (wanted: readonly string[] | undefined): boolean => wanted !== undefined && wanted.length > 0;

// A need that no comment speaks of goes with nothing. Whoever asked for it is told so; of its own accord it is left out.
const withoutSilentNeeds = (factors: readonly string[], answers: AnswerTable): { kept: string[]; answers: AnswerTable } => {
  const isSaid = factors.map((factor, place) => !factor.startsWith("need:") || new Set((answers.columns[place] ?? []).filter((value) => !Number.isNaN(value))).size > 1);
  return { kept: factors.filter((_, place) => isSaid[place]), answers: { ...answers, columns: answers.columns.filter((_, place) => isSaid[place] ?? true) } };
};

type Wanted = { surroundings: Surroundings; outcome: string; factors: readonly string[]; isWeighted: boolean; hasIds: boolean; most?: number };

// What was around an answer stands beside the answers of the same response, each factor at its place and the outcome last.
const readAnswers = async (services: Services, table: AskedTable, wanted: Wanted): Promise<AnswerTable> => {
  const { factors, outcome, surroundings, ...how } = wanted;
  const asked = [...factors, outcome].flatMap((id) => table.questions.filter((question) => question.id === id));
  const beside = factors.filter((id) => !asked.some((question) => question.id === id));
  const answers = await readAnswerTable(services, table, asked, { ...how, hasIds: how.hasIds || beside.length > 0 });
  if (beside.length === 0) return answers;
  const read = await readSurroundingColumns(services, surroundings, beside, answers.responseIds);
  const columns = [...factors, outcome].map((id) => read[beside.indexOf(id)] ?? answers.columns[asked.findIndex((question) => question.id === id)] ?? new Float64Array(answers.responseIds.length).fill(Number.NaN));
  return { ...answers, columns };
};

const resultOf = (measured: Measured): Pick<SurveyDrivers, "evidence" | "fault" | "result"> => {
  if (measured.ok) return { evidence: evidenceOf(measured.drivers.fewestRows), fault: null, result: measured.drivers };
  const { fault } = measured;
  return { evidence: fault.fault === "too_few_rows" ? evidenceOf(fault.n) : "none", fault, result: null };
};

const chooseOutcome = (questions: readonly DriverQuestion[], wanted: string | undefined): string | null => {
  if (wanted === undefined) return usualOutcome(questions);
  if (!questions.some(({ id }) => id === wanted)) throw driversErrors.refuse("outcome_unusable", `This survey asks no question "${wanted}" with a score or a number as its answer.`);
  return wanted;
};

const chooseFactors = (questions: readonly DriverQuestion[], outcome: string, wanted: readonly string[] | undefined): string[] => {
  if (wanted === undefined || !isChosen(wanted)) return usualFactors(questions, outcome);
  const unknown = wanted.find((id) => !questions.some((question) => question.id === id));
  if (unknown !== undefined) throw driversErrors.refuse("factors_unusable", `This survey asks no question "${unknown}" with a score or a number as its answer.`);
  if (wanted.includes(outcome)) throw driversErrors.refuse("factors_unusable", `"${outcome}" is the outcome, so it cannot be a factor too.`);
  if (new Set(wanted).size < wanted.length) throw driversErrors.refuse("factors_unusable", "A factor is named twice.");
  if (wanted.length > FACTORS_MAX) throw driversErrors.refuse("factors_unusable", `${wanted.length} factors are too many. Choose at most ${FACTORS_MAX}.`);
  return [...wanted];
};
