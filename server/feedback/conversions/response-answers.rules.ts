import { readTimeAs } from "../../customers/imports/times.rules.ts";
import { checkAnswer, isEmptyAnswer } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import type { ColumnUse } from "./response-columns.rules.ts";

/** A value that says nothing the survey knows, by column. */
export type Unmatched = { column: number; value: string };
export type ReadAnswers = { answers: Answers; unmatched: Unmatched[] };

type Given = { column: number; use: ColumnUse & { use: "answer" }; values: readonly string[] };

const TEXT_MAX = 4_000;
const OTHER_MAX = 200;
const NO = new Set(["0", "no", "n", "false", "not selected", "unchecked", "off"]);

/** The answers in one row. A value that fits no option, or an answer that the survey would refuse, is left out and named.
 *  @param isRecoded whether numbers are recoded values (the points of an option) before they are ids of options */
export function answersOf(definition: SurveyDefinition, uses: readonly ColumnUse[], row: readonly (readonly string[])[], isRecoded: boolean): ReadAnswers {
  const byQuestion = new Map<string, Given[]>();
  uses.forEach((use, column) => {
    const values = row[column] ?? [];
    if (use.use !== "answer" || values.length === 0) return;
    byQuestion.set(use.questionId, [...(byQuestion.get(use.questionId) ?? []), { column, use, values }]);
  });
  const answers: Answers = {};
  const unmatched: Unmatched[] = [];
  for (const question of definition.questions) {
    const given = byQuestion.get(question.id);
    if (given === undefined) continue;
    const miss = (column: number, value: string): void => void unmatched.push({ column, value: value.slice(0, 100) });
    const answer = answerFrom(question, given, isRecoded, miss);
    if (answer === null || isEmptyAnswer(answer)) continue;
    const problem = checkAnswer({ ...question, isRequired: false }, answer);
    // Half-filled tables and too short texts were good enough for the tool they come from.
    if (problem === null || ["missing", "row_missing", "too_few_choices", "too_short", "wrong_total"].includes(problem)) answers[question.id] = answer;
    else miss(given[0]?.column ?? 0, given[0]?.values.join(", ") ?? "");
  }
  return { answers, unmatched };
}

type Miss = (column: number, value: string) => void;

function answerFrom(question: Question, given: readonly Given[], isRecoded: boolean, miss: Miss): Answer | null {
  const [first] = given;
  const text = first?.values[0] ?? "";
  switch (question.type) {
    case "nps": case "csat": case "ces": case "rating": case "slider": case "number":
      return numberFrom(first, miss);
    case "single": case "dropdown": case "multi": case "picture":
      return choicesFrom(question.options, given, { isRecoded, isOne: question.type === "single" || question.type === "dropdown" }, miss);
    case "ranking":
      return rankingFrom(question.options, given, isRecoded, miss);
    case "matrix":
      return matrixFrom(question.columns, given, isRecoded, miss);
    case "constant_sum":
      return { amounts: Object.fromEntries(given.flatMap(({ use, values }) => (use.part === null || Number.isNaN(Number(values[0])) ? [] : [[use.part, Number(values[0])] as const]))) };
    case "text":
      return { text: given.map(({ values }) => values.join(", ")).join("\n").slice(0, TEXT_MAX).toWellFormed() };
    case "email": case "phone":
      return { text: text.slice(0, 300) };
    case "date": {
      const at = readTimeAs(text, "iso", "UTC");
      if (at === null) miss(first?.column ?? 0, text);
      return at === null ? null : { text: new Date(at).toISOString().slice(0, 10) };
    }
    case "contact":
      return { fields: Object.fromEntries(given.flatMap(({ use, values }) => (use.part === null ? [] : [[use.part, values.join(", ").slice(0, 300)] as const]))) };
    case "consent":
      return given.some(({ values }) => !NO.has((values[0] ?? "").toLowerCase())) ? { choices: ["yes"] } : null;
    case "file": case "statement":
      return null;
  }
}

function numberFrom(given: Given | undefined, miss: Miss): Answer | null {
  const text = given?.values[0] ?? "";
  const number = Number(/^-?\d+(?:[.,]\d+)?/.exec(text.trim())?.[0]?.replace(",", ".") ?? Number.NaN);
  if (!Number.isNaN(number)) return { number };
  miss(given?.column ?? 0, text);
  return null;
}

type Reading = { isRecoded: boolean; isOne: boolean };

function choicesFrom(options: readonly SurveyOption[], given: readonly Given[], reading: Reading, miss: Miss): Answer {
  const chosen = new Set<string>();
  let words = "";
  for (const { column, use, values } of given) {
    if (use.isText) words = values.join(", ");
    else if (use.part !== null) {
      // A column named after its value says "chosen" by that value, be it 0.
      if (use.cell !== (values[0] ?? "") && NO.has((values[0] ?? "").toLowerCase())) continue;
      chosen.add(use.part);
      const option = options.find((one) => one.id === use.part);
      const isOnlyTick = /^(1|y|yes|true|x|checked|selected|on)$/i.test(values[0] ?? "") || findOption(options, values[0] ?? "", reading.isRecoded) === use.part;
      if (option?.isOther === true && !isOnlyTick) words = values.join(", ");
    } else addWhole(options, { column, values }, reading, { chosen, say: (text) => (words = text), miss });
  }
  const other = options.find((option) => option.isOther === true);
  if (words !== "" && other !== undefined && (chosen.size === 0 || !reading.isOne)) chosen.add(other.id);
  const isOther = other !== undefined && chosen.has(other.id);
  return { choices: options.filter((option) => chosen.has(option.id)).map((option) => option.id), ...(words !== "" && isOther ? { text: words.slice(0, OTHER_MAX).toWellFormed() } : {}) };
}

function addWhole(options: readonly SurveyOption[], given: { column: number; values: readonly string[] }, reading: Reading, to: { chosen: Set<string>; say: (text: string) => void; miss: Miss }): void {
  for (const value of given.values) {
    const whole = findOption(options, value, reading.isRecoded);
    const parts = whole !== null || reading.isOne ? [value] : value.split(/[;|\n]|,(?=\S)|,\s+/u).map((part) => part.trim()).filter((part) => part !== "");
    for (const part of parts) {
      const id = findOption(options, part, reading.isRecoded);
      if (id !== null) to.chosen.add(id);
      else if (options.some((option) => option.isOther === true) && given.values.length + parts.length <= 2) to.say(part);
      else to.miss(given.column, part);
    }
  }
}

/** The option a value names: by recoded value first where the source exports those, by id, by words in any language. */
function findOption(options: readonly SurveyOption[], value: string, isRecoded: boolean): string | null {
  const text = value.trim();
  const byScore = options.find((option) => option.score !== undefined && String(option.score) === text);
  const byId = options.find((option) => option.id === text.toLowerCase() || option.id === text.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "_"));
  const byWords = options.find((option) => Object.values(option.label).some((label) => label.trim().toLowerCase() === text.toLowerCase()));
  return (isRecoded ? byScore ?? byId ?? byWords : byId ?? byWords ?? byScore)?.id ?? null;
}

function rankingFrom(options: readonly SurveyOption[], given: readonly Given[], isRecoded: boolean, miss: Miss): Answer {
  const ranked = given.flatMap(({ column, use, values }) => {
    const rank = Number(values[0]);
    if (use.part === null || !Number.isInteger(rank)) {
      miss(column, values.join(", "));
      return [];
    }
    return [{ id: use.part, rank }];
  });
  if (ranked.length > 0) return { choices: ranked.toSorted((one, other) => one.rank - other.rank).map(({ id }) => id) };
  const [first] = given;
  const list = first?.use.part === null ? (first.values.length > 1 ? first.values : (first.values[0] ?? "").split(/[;|\n,]/u)) : [];
  return { choices: list.flatMap((value) => findOption(options, value, isRecoded) ?? []) };
}

function matrixFrom(columns: readonly SurveyOption[], given: readonly Given[], isRecoded: boolean, miss: Miss): Answer {
  const rows: Record<string, string[]> = {};
  for (const { column, use, values } of given) {
    if (use.part === null) {
      miss(column, values.join(", "));
      continue;
    }
    if (use.cell !== null && NO.has((values[0] ?? "").toLowerCase()) && columns.length > 1 && (values[0] ?? "") !== String(columns.find((one) => one.id === use.cell)?.score ?? "")) continue;
    const found = use.cell !== null ? [use.cell] : values.flatMap((value) => findOption(columns, value, isRecoded) ?? value.split(/[;|]|,\s*/u).flatMap((part) => findOption(columns, part, isRecoded) ?? []));
    if (found.length === 0) miss(column, values.join(", "));
    else rows[use.part] = [...new Set([...(rows[use.part] ?? []), ...found])];
  }
  return { rows };
}
