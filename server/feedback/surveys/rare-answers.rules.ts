import { checkChoices, hasOnly } from "./common-answers.rules.ts";
import type { RareQuestion } from "./common-answers.rules.ts";
import type { Answer, ContactField, QuestionOf } from "./definition.contract.ts";
import { FIELD_LENGTH_MAX, checkEmptyAnswer, isEmptyAnswer, ownOf } from "./given-answer.rules.ts";
import type { Problem } from "./given-answer.rules.ts";

/** What is wrong with an answer to a question of a kind that few surveys have; null when it is fine. */
export function checkRareAnswer(question: RareQuestion, answer: Answer | undefined): Problem {
  if (answer === undefined || isEmptyAnswer(answer)) return checkEmptyAnswer(question);
  if (!hasOnly(answer, MEMBERS[question.type])) return "wrong_kind";
  switch (question.type) {
    case "dropdown":
      return checkChoices(question, answer, { min: 1, max: 1 });
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
    case "date":
      return checkDate(question, answer.text ?? "");
    case "email":
      return looksLikeEmail(answer.text ?? "") ? null : "wrong_format";
    case "phone":
      return looksLikePhone(answer.text ?? "") ? null : "wrong_format";
    case "contact":
      return checkContact(question, answer);
    case "consent":
      return checkConsent(question, answer.choices ?? []);
    case "file":
      return (answer.files ?? []).length > question.filesMax ? "too_many_files" : null;
  }
}

// Which members of an answer each kind of question may use; `text` beside choices is what was written at "other".
const MEMBERS: Readonly<Record<RareQuestion["type"], readonly (keyof Answer)[]>> = {
  dropdown: ["choices", "text"], ranking: ["choices"], consent: ["choices"], slider: ["number"], number: ["number"],
  date: ["text"], email: ["text"], phone: ["text"], matrix: ["rows"], constant_sum: ["amounts"], contact: ["fields"], file: ["files"],
};

/** Whether a text has the form of an e-mail address; whether it exists only a mail can tell. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,}$/.test(text.trim());
}

/** Whether a text has the form of a phone number: 5 to 15 digits with the usual signs between. Source: ITU-T E.164 for the length. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  return /^\+?[\d\s()./-]{5,30}$/.test(text.trim()) && digits.length >= 5 && digits.length <= 15;
}

function checkConsent(question: QuestionOf<"consent">, choices: readonly string[]): Problem {
  if (choices.length !== 1 || (choices[0] !== "yes" && choices[0] !== "no")) return "unknown_option";
  return question.isRequired && choices[0] !== "yes" ? "missing" : null;
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
