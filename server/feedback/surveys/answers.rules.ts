import type { Answer, Answers, ContactField, Question, QuestionOf } from "./definition.contract.ts";

/** Lowest and highest whole number of each scale.
 *  Source: NPS 0–10 (Reichheld, HBR 2003); CSAT 1–5; CES 2.0 1–7 (The Effortless Experience, 2013). */
export const SCALES = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 } } as const;

/** Longest written answer in UTF-16 units; the same number stands in the contract and in the fields of the survey page. */
export const TEXT_LENGTH_MAX = 4_000;
export const OTHER_TEXT_LENGTH_MAX = 200;
export const FIELD_LENGTH_MAX = 300;

export type AnswerProblem = {
  questionId: string;
  problem:
    | "unknown_question" | "missing" | "wrong_kind" | "not_on_the_scale" | "unknown_option" | "too_few_choices" | "too_many_choices" | "not_together"
    | "too_short" | "too_long" | "wrong_format" | "too_small" | "too_large" | "wrong_total" | "row_missing" | "too_many_files";
};
type Problem = AnswerProblem["problem"] | null;

export type ScaleQuestion = QuestionOf<"nps" | "csat" | "ces" | "rating">;
export type ChoiceQuestion = QuestionOf<"single" | "multi" | "dropdown" | "ranking" | "picture">;

/** The points of a scale question. */
export function scaleOf(question: ScaleQuestion): { min: number; max: number } {
  return question.type === "rating" ? { min: question.min, max: question.max } : SCALES[question.type];
}

/** Whether an answer says nothing, so that it counts as not given.
 *  @param answer as given, or undefined */
export function isEmptyAnswer(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  const { number, choices, text, rows, amounts, fields, files } = answer;
  return number === undefined && (choices ?? []).length === 0 && (text ?? "").trim() === "" && (files ?? []).length === 0
    && Object.values(rows ?? {}).every((chosen) => chosen.length === 0)
    && Object.keys(amounts ?? {}).length === 0
    && Object.values(fields ?? {}).every((value) => value.trim() === "");
}

/** The answer to a question, reading own keys only, so that a question called "constructor" finds nothing by accident. */
export function answerTo(answers: Answers, questionId: string): Answer | undefined {
  return ownOf(answers, questionId);
}

/** What is wrong with one answer; null when it is fine. An empty answer is wrong only for a required question. */
export function checkAnswer(question: Question, answer: Answer | undefined): Problem {
  if (answer === undefined || isEmptyAnswer(answer)) return question.isRequired && question.type !== "statement" ? "missing" : null;
  if (!hasOnly(answer, MEMBERS[question.type])) return "wrong_kind";
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return checkScale(scaleOf(question), answer);
    case "single":
    case "dropdown":
      return checkChoices(question, answer, { min: 1, max: 1 });
    case "multi":
      return checkChoices(question, answer, { min: question.minChoices ?? 0, max: question.maxChoices ?? question.options.length });
    case "picture":
      return checkChoices(question, answer, { min: 1, max: question.isMultiple === true ? question.options.length : 1 });
    case "ranking":
      return checkChoices(question, answer, { min: 1, max: question.options.length });
    case "matrix":
      return checkMatrix(question, answer);
    case "constant_sum":
      return checkAmounts(question, answer);
    case "slider":
      return checkNumber({ min: question.min, max: question.max }, answer);
    case "number":
      return checkNumber(question, answer);
    case "text":
      return checkText(question, answer.text ?? "");
    case "date":
      return checkDate(question, answer.text ?? "");
    case "email":
      return looksLikeEmail(answer.text ?? "") ? null : "wrong_format";
    case "phone":
      return looksLikePhone(answer.text ?? "") ? null : "wrong_format";
    case "contact":
      return checkContact(question, answer);
    case "consent":
      return (answer.choices ?? []).every((choice) => choice === "yes" || choice === "no") && (answer.choices ?? []).length === 1
        ? (question.isRequired && answer.choices?.[0] !== "yes" ? "missing" : null)
        : "unknown_option";
    case "file":
      return (answer.files ?? []).length > question.filesMax ? "too_many_files" : null;
    case "statement":
      return "wrong_kind";
  }
}

/** Whether a text has the form of an e-mail address; whether it exists only a mail can tell. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,}$/.test(text.trim());
}

/** Whether a text has the form of a phone number: 5 to 15 digits with the usual signs between. Source: ITU-T E.164 for the length. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  return /^\+?[\d\s()./-]{5,30}$/.test(text.trim()) && digits.length >= 5 && digits.length <= 15;
}

/** The value under a key of a plain record, own keys only. */
export function ownOf<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

// Which members of an answer each kind of question may use; `text` beside choices is what was written at "other".
const MEMBERS: Readonly<Record<Question["type"], readonly (keyof Answer)[]>> = {
  nps: ["number"], csat: ["number"], ces: ["number"], rating: ["number"], slider: ["number"], number: ["number"],
  single: ["choices", "text"], multi: ["choices", "text"], dropdown: ["choices", "text"], picture: ["choices", "text"], ranking: ["choices"], consent: ["choices"],
  text: ["text"], date: ["text"], email: ["text"], phone: ["text"],
  matrix: ["rows"], constant_sum: ["amounts"], contact: ["fields"], file: ["files"], statement: [],
};

function hasOnly(answer: Answer, allowed: readonly (keyof Answer)[]): boolean {
  return Object.entries(answer).every(([key, value]) => value === undefined || allowed.some((name) => name === key));
}

function checkScale(scale: { min: number; max: number }, answer: Answer): Problem {
  if (answer.number === undefined) return "wrong_kind";
  const isOnScale = Number.isInteger(answer.number) && answer.number >= scale.min && answer.number <= scale.max;
  return isOnScale ? null : "not_on_the_scale";
}

function checkChoices(question: ChoiceQuestion, answer: Answer, limits: { min: number; max: number }): Problem {
  const choices = answer.choices ?? [];
  if (choices.length === 0) return "wrong_kind";
  const chosen = question.options.filter((option) => choices.includes(option.id));
  // Also refuses an option named twice.
  if (chosen.length !== choices.length) return "unknown_option";
  const saysNone = chosen.some((option) => option.isNone === true);
  if (saysNone && choices.length > 1) return "not_together";
  if (!saysNone && choices.length < limits.min) return "too_few_choices";
  if (choices.length > limits.max) return "too_many_choices";
  if (answer.text === undefined || answer.text === "") return null;
  if (!chosen.some((option) => option.isOther === true)) return "wrong_kind";
  return answer.text.length > OTHER_TEXT_LENGTH_MAX ? "too_long" : null;
}

function checkMatrix(question: QuestionOf<"matrix">, answer: Answer): Problem {
  const columns = new Set(question.columns.map((column) => column.id));
  const rows = new Set(question.rows.map((row) => row.id));
  for (const [row, chosen] of Object.entries(answer.rows ?? {})) {
    if (!rows.has(row) || new Set(chosen).size !== chosen.length || chosen.some((column) => !columns.has(column))) return "unknown_option";
    if (question.isMultiple !== true && chosen.length > 1) return "too_many_choices";
  }
  if (!question.isRequired) return null;
  return question.rows.every((row) => (ownOf(answer.rows, row.id) ?? []).length > 0) ? null : "row_missing";
}

function checkAmounts(question: QuestionOf<"constant_sum">, answer: Answer): Problem {
  const options = new Set(question.options.map((option) => option.id));
  const amounts = Object.entries(answer.amounts ?? {});
  if (amounts.some(([option]) => !options.has(option))) return "unknown_option";
  if (amounts.some(([, amount]) => !Number.isFinite(amount) || amount < 0)) return "too_small";
  const sum = amounts.reduce((total, [, amount]) => total + amount, 0);
  // Tenths and thirds do not add up exactly in binary.
  return Math.abs(sum - question.total) < 1e-6 * Math.max(1, question.total) ? null : "wrong_total";
}

function checkNumber(limits: { min?: number | undefined; max?: number | undefined; decimals?: number | undefined }, answer: Answer): Problem {
  const { number } = answer;
  if (number === undefined || !Number.isFinite(number)) return "wrong_kind";
  if (limits.min !== undefined && number < limits.min) return "too_small";
  if (limits.max !== undefined && number > limits.max) return "too_large";
  if (limits.decimals === undefined) return null;
  const scaled = number * 10 ** limits.decimals;
  return Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, Math.abs(scaled)) ? null : "wrong_format";
}

function checkText(question: QuestionOf<"text">, text: string): Problem {
  if (text.length > (question.maxLength ?? TEXT_LENGTH_MAX)) return "too_long";
  if (text.trim().length < (question.minLength ?? 0)) return "too_short";
  switch (question.format ?? "any") {
    case "any":
      return null;
    case "url":
      return /^https?:\/\/[^\s]+\.[^\s]+$/i.test(text.trim()) ? null : "wrong_format";
    case "digits":
      return /^\d+$/.test(text.trim()) ? null : "wrong_format";
    case "letters":
      return /^[\p{L}\p{M}\s'’.-]+$/u.test(text.trim()) ? null : "wrong_format";
  }
}

// "today" is the person's own day; only the page knows it, so here a date up to a day past ours is fine.
function checkDate(question: QuestionOf<"date">, text: string): Problem {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)) || new Date(text).toISOString().slice(0, 10) !== text) return "wrong_format";
  const { earliest, latest } = question;
  if (earliest !== undefined && earliest !== "today" && text < earliest) return "too_small";
  return latest !== undefined && latest !== "today" && text > latest ? "too_large" : null;
}

function checkContact(question: QuestionOf<"contact">, answer: Answer): Problem {
  const isAsked = (name: string): name is ContactField => question.fields.some((field) => field === name);
  const fields = Object.entries(answer.fields ?? {});
  if (fields.some(([name]) => !isAsked(name))) return "unknown_option";
  if (fields.some(([, value]) => value.length > FIELD_LENGTH_MAX)) return "too_long";
  const valueOf = (name: ContactField): string => (ownOf(answer.fields, name) ?? "").trim();
  if ((question.requiredFields ?? []).some((name) => valueOf(name) === "")) return "missing";
  if (valueOf("email") !== "" && !looksLikeEmail(valueOf("email"))) return "wrong_format";
  return valueOf("phone") === "" || looksLikePhone(valueOf("phone")) ? null : "wrong_format";
}
