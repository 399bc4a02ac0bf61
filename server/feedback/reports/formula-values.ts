// What a formula over the questions of a survey gives, response by response: for metrics that members write themselves.
import { feelingOf } from "../responses/recording.ts";
import { answersFrom } from "../responses/stored-answers.rules.ts";
import type { Queryable } from "#platform/db";
import { findSurvey } from "../surveys/surveys.queries.ts";
import { calculatorOf, pointsOf } from "../surveys/calculations.rules.ts";
import { NO_CONTEXT } from "../surveys/conditions.rules.ts";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import { evaluateFormula, namesInFormula, parseFormula, type Formula } from "../surveys/formula.rules.ts";
import { answerTo } from "../surveys/given-answer.rules.ts";
import { findAnchor } from "./anchors.rules.ts";
import { listFormulaAnswers, listFormulaResponses, listVersions, type FormulaAsked } from "./formula-values.queries.ts";

/** Values of a formula, each with the feeling of its response that says when, where and by whom it was given. */
export type FormulaValues = { ids: string[]; values: number[]; isCut: boolean };

/** What is wrong with a formula over the questions of a survey, in one sentence; null when it can be worked out. */
export const checkSurveyFormula = async (db: Queryable, workspaceId: string, surveyId: string, text: string): Promise<string | null> => {
  const survey = await findSurvey(db, workspaceId, surveyId);
  if (survey === null) return "There is no such survey here.";
  const parsed = parseFormula(text);
  if (!parsed.ok) return parsed.message;
  const definitions = [survey.draft, ...(await listVersions(db, workspaceId, surveyId)).map(({ definition }) => definition)];
  const known = new Set(definitions.flatMap(({ questions, calculations = [] }) => [...questions, ...calculations].map(({ id }) => id)));
  const names = namesInFormula(parsed.formula);
  if (names.some((name) => name.startsWith("trait."))) return "A metric counts answers; split it by a trait instead of naming one in the formula.";
  const unknown = names.find((name) => !known.has(name.split(".")[0] ?? ""));
  if (unknown !== undefined) return `The survey has no question "${unknown}". It has ${[...known].slice(0, 20).join(", ")}.`;
  return names.length === 0 ? "The formula names no question." : null;
};

/** @returns values of responses that have all the formula needs; `isCut` when there are more responses than `limit` */
export const listFormulaValues = async (db: Queryable, asked: FormulaAsked & { formula: string }, limit: number): Promise<FormulaValues> => {
  const parsed = parseFormula(asked.formula);
  const responses = parsed.ok ? await listFormulaResponses(db, asked, limit + 1) : [];
  const worked: FormulaValues = { ids: [], values: [], isCut: responses.length > limit };
  if (!parsed.ok || responses.length === 0 || worked.isCut) return worked;
  const [versions, answers] = await Promise.all([listVersions(db, asked.workspaceId, asked.surveyId), listFormulaAnswers(db, asked)]);
  const definitions = new Map(versions.map(({ number, definition }) => [number, definition]));
  const byResponse = Map.groupBy(answers, ({ responseId }) => responseId);
  for (const response of responses) {
    const definition = definitions.get(response.version);
    if (definition === undefined) continue;
    const given = answersFrom(byResponse.get(response.id) ?? []);
    const value = evaluate(parsed.formula, definition, given);
    const anchor = value === null ? null : findAnchor(definition, given);
    if (value === null || anchor === null) continue;
    worked.ids.push(feelingOf(response, anchor.questionId, anchor.choice));
    worked.values.push(value);
  }
  return worked;
};

const evaluate = (formula: Formula, definition: SurveyDefinition, answers: Answers): number | null => {
  const value = evaluateFormula(formula, (name) => {
    const [head = "", part = null] = name.split(".");
    const question = definition.questions.find(({ id }) => id === head);
    return question === undefined ? calculatorOf(definition, answers, NO_CONTEXT)(head) : pointsOf(question, answerTo(answers, head), part);
  });
  return value !== null && Number.isFinite(value) ? value : null;
};
