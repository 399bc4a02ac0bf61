import type { LocalText, Question, QuestionOf, SurveyOption } from "../surveys/definition.contract.ts";
import type { Clause } from "./clauses.rules.ts";
import { ruleFrom } from "./clauses.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { say, sayKept } from "./draft.rules.ts";

const OPTIONS_MAX = 200;
const ROWS_MAX = 50;
const COLUMNS_MAX = 20;
const QUESTIONS_MAX = 200;
const BRANCHES_MAX = 20;

type Choice = QuestionOf<"single" | "multi" | "dropdown" | "ranking" | "picture">;

/** Adds a question to the survey and notes it. Whatever the survey cannot hold is made to fit, with a remark.
 *  @param source its name in the source @param remarks what already differs
 *  @returns false when there is no more room */
export function addQuestion(draft: Draft, source: string, question: Question, remarks: readonly string[] = []): boolean {
  const more = addPart(draft, question);
  if (more === null) say(draft, "question", source, "dropped", FULL);
  else sayKept(draft, "question", source, [...remarks, ...more], question.id);
  return more !== null;
}

/** Adds several questions that one of the source became; they are noted together. */
export function addQuestions(draft: Draft, source: string, questions: readonly Question[], remark: string): void {
  const made = questions.map((question) => addPart(draft, question));
  const [first] = questions;
  if (first === undefined || made[0] === null) return say(draft, "question", source, "dropped", first === undefined ? "It has nothing to answer." : FULL);
  const remarks = [...new Set([remark, ...made.flatMap((more) => more ?? ["Some of its parts are left out, as the survey is full."])])];
  sayKept(draft, "question", source, remarks, first.id);
}

const FULL = `A survey here has at most ${QUESTIONS_MAX} questions.`;

/** @returns remarks on what had to fit; null when there is no more room */
function addPart(draft: Draft, question: Question): string[] | null {
  if (draft.questions.length >= QUESTIONS_MAX) return null;
  const fitted = fitQuestion(draft, question);
  draft.questions.push(fitted.question);
  return fitted.remarks;
}

type Fitted = { question: Question; remarks: string[] };

function fitQuestion(draft: Draft, question: Question): Fitted {
  switch (question.type) {
    case "single": case "multi": case "dropdown": case "ranking": case "picture":
      return fitChoice(draft, question);
    case "matrix":
      return fitMatrix(draft, question);
    case "constant_sum":
      return fitSum(question);
    case "number":
      return fitNumber(question);
    case "text":
      return fitText(question);
    case "date":
      return fitDate(question);
    default:
      return { question, remarks: [] };
  }
}

function askedPart(question: Question): Pick<Question, "id" | "title" | "isRequired" | "hint" | "showIf" | "showIfMatch"> {
  const { id, title, isRequired, hint, showIf, showIfMatch } = question;
  return { id, title, isRequired, ...(hint === undefined ? {} : { hint }), ...(showIf === undefined ? {} : { showIf }), ...(showIfMatch === undefined ? {} : { showIfMatch }) };
}

function fitChoice(draft: Draft, question: Choice): Fitted {
  const [only] = question.options;
  if (only === undefined) return { question: { type: "text", ...askedPart(question) }, remarks: ["It has no options in the source; it is asked as text."] };
  if (question.options.length === 1) {
    return { question: { type: "consent", ...askedPart(question), statement: only.label }, remarks: ["It has one option only; it is a box to tick here."] };
  }
  const remarks: string[] = [];
  if (question.options.length > OPTIONS_MAX) remarks.push(`Only the first ${OPTIONS_MAX} of ${question.options.length} options are kept.`);
  const options = oneOther(question.options.slice(0, OPTIONS_MAX), remarks);
  if (question.type !== "multi") return { question: { ...question, options }, remarks };
  const { minChoices, maxChoices, ...rest } = question;
  const most = maxChoices === undefined ? undefined : Math.trunc(maxChoices);
  const least = minChoices === undefined ? undefined : Math.trunc(minChoices);
  const isMost = most !== undefined && most >= 1 && most <= OPTIONS_MAX;
  const isLeast = least !== undefined && least > 0 && least <= (isMost ? most : options.length);
  return { question: { ...rest, options, ...(isLeast ? { minChoices: least } : {}), ...(isMost ? { maxChoices: most } : {}) }, remarks };
}

function oneOther(options: readonly SurveyOption[], remarks: string[]): SurveyOption[] {
  const others = options.filter((option) => option.isOther === true);
  if (others.length < 2) return [...options];
  remarks.push("Only one option can have a field to write in; the others lost theirs.");
  const last = others.at(-1);
  return options.map((option) => {
    if (option.isOther !== true || option === last) return option;
    const { isOther: _isOther, ...plain } = option;
    return plain;
  });
}

function fitMatrix(draft: Draft, question: QuestionOf<"matrix">): Fitted {
  if (question.columns.length === 0) return { question: { type: "text", ...askedPart(question), isLong: true }, remarks: ["It has no columns in the source; it is asked as text."] };
  if (question.rows.length === 0) return { ...fitChoice(draft, { type: question.isMultiple === true ? "multi" : "single", ...askedPart(question), options: question.columns }) };
  const remarks: string[] = [];
  if (question.rows.length > ROWS_MAX) remarks.push(`Only the first ${ROWS_MAX} of ${question.rows.length} rows are kept.`);
  if (question.columns.length > COLUMNS_MAX) remarks.push(`Only the first ${COLUMNS_MAX} of ${question.columns.length} columns are kept.`);
  if (question.columns.length === 1) return oneColumn(draft, question);
  const plain = (options: readonly SurveyOption[]): SurveyOption[] => options.map(({ isOther: _isOther, isNone: _isNone, ...option }) => option);
  if (question.rows.some((row) => row.isOther === true)) remarks.push("Rows have no field to write in here.");
  return { question: { ...question, rows: plain(question.rows.slice(0, ROWS_MAX)), columns: plain(question.columns.slice(0, COLUMNS_MAX)) }, remarks };
}

// A table of one column says for each row yes or nothing, which is a choice among the rows.
function oneColumn(draft: Draft, question: QuestionOf<"matrix">): Fitted {
  const fitted = fitChoice(draft, { type: "multi", ...askedPart(question), options: question.rows, ...(question.order === undefined ? {} : { order: question.order }) });
  const rows = draft.rows.get(question.id);
  if (rows !== undefined) draft.options.set(question.id, rows);
  for (const line of draft.columnLines.get(question.id) ?? []) Object.assign(line, { outcome: "approximated", note: "It is the only column of its table; choosing a row says the same." });
  return { question: fitted.question, remarks: ["The table has one column only; its rows are the options of a multiple choice.", ...fitted.remarks] };
}

function fitSum(question: QuestionOf<"constant_sum">): Fitted {
  if (question.options.length >= 2) return { question: { ...question, options: question.options.slice(0, OPTIONS_MAX) }, remarks: [] };
  const { unit } = question;
  return { question: { type: "number", ...askedPart(question), ...(unit === undefined ? {} : { unit }) }, remarks: ["There is nothing to share the sum among; it is asked as a number."] };
}

function fitNumber(question: QuestionOf<"number">): Fitted {
  const { min, max, ...rest } = question;
  const isRange = (value: number | undefined): value is number => value !== undefined && Math.abs(value) <= 1e12;
  const low = isRange(min) ? min : undefined;
  const high = isRange(max) && (low === undefined || max >= low) ? max : undefined;
  return { question: { ...rest, ...(low === undefined ? {} : { min: low }), ...(high === undefined ? {} : { max: high }) }, remarks: [] };
}

function fitText(question: QuestionOf<"text">): Fitted {
  const { minLength, maxLength, ...rest } = question;
  const whole = (value: number | undefined, least: number): number | undefined => (value === undefined || !Number.isInteger(value) || value < least ? undefined : Math.min(value, 4_000));
  const most = whole(maxLength, 1);
  const least = whole(minLength, 1);
  return {
    question: { ...rest, ...(least === undefined || (most !== undefined && least > most) ? {} : { minLength: least }), ...(most === undefined ? {} : { maxLength: most }) },
    remarks: [],
  };
}

function fitDate(question: QuestionOf<"date">): Fitted {
  const { earliest, latest, ...rest } = question;
  const isDay = (day: string | undefined): boolean => day === undefined || day === "today" || !Number.isNaN(Date.parse(day));
  const isFine = isDay(earliest) && isDay(latest) && (earliest === undefined || latest === undefined || earliest === "today" || latest === "today" || earliest <= latest);
  return isFine ? { question, remarks: [] } : { question: rest, remarks: ["Its first and last day contradict each other and are left out."] };
}

/** What a question is shown under, from a clause of the source, noted as logic.
 *  @returns the members to spread into the question; none when it is always shown or the logic could not be kept */
export function shownIf(draft: Draft, given: { source: string; expression: string; clause: Clause; questionId: string }): Pick<Question, "showIf" | "showIfMatch"> {
  const rule = ruleFrom(draft, given.clause);
  if (!rule.ok) {
    say(draft, "logic", given.source, "dropped", `${rule.why} The question is always shown. In the source: ${given.expression}`, given.questionId);
    return {};
  }
  sayKept(draft, "logic", given.source, rule.remark === null ? [] : [rule.remark, `In the source: ${given.expression}`], given.questionId);
  if (rule.conditions.length === 0) return {};
  return { showIf: rule.conditions, ...(rule.match === "any" ? { showIfMatch: "any" } : {}) };
}

/** Leads on from a question to a later one or an ending, noted as logic.
 *  @param to id of a question or an ending, `end` for the thank-you, null when the source's goal was left out */
export function addBranch(draft: Draft, given: { source: string; expression: string; clause: Clause; after: string; to: string | null }): boolean {
  const drop = (why: string): boolean => {
    say(draft, "logic", given.source, "dropped", `${why} In the source: ${given.expression}`, given.after);
    return false;
  };
  const from = draft.questions.findIndex((question) => question.id === given.after);
  const question = draft.questions[from];
  if (question === undefined) return drop("The question it starts from was left out.");
  if (given.to === null) return drop("What it leads to was left out.");
  const goal = draft.questions.findIndex((one) => one.id === given.to);
  const isEnding = given.to === "end" || draft.endings.some((ending) => ending.id === given.to);
  if (goal < 0 && !isEnding) return drop("What it leads to was left out.");
  if (goal >= 0 && goal <= from) return drop("It leads back, which is not done here.");
  const rule = ruleFrom(draft, given.clause);
  if (!rule.ok) return drop(rule.why);
  const branches = question.branches ?? [];
  if (branches.length >= BRANCHES_MAX) return drop(`A question has at most ${BRANCHES_MAX} branches.`);
  // An unconditional step to the very next question says nothing.
  if (!(rule.conditions.length === 0 && goal === from + 1 && branches.length === 0)) {
    draft.questions[from] = { ...question, branches: [...branches, { conditions: rule.conditions, match: rule.match, to: given.to }] };
  }
  sayKept(draft, "logic", given.source, rule.remark === null ? [] : [rule.remark], given.after);
  return true;
}

/** The lowest and highest label of a scale, when there are words. */
export function endsFrom(low: LocalText, high: LocalText): { low?: LocalText; high?: LocalText } {
  return { ...(Object.keys(low).length === 0 ? {} : { low }), ...(Object.keys(high).length === 0 ? {} : { high }) };
}

/** Whether a 0 to 10 scale asks for a recommendation, so that it is a net promoter score rather than a rating. */
export function asksToRecommend(title: LocalText): boolean {
  return Object.values(title).some((text) => /recommend|empfehl|weiterempf|recomend|consiglier|raccomand|aanbevel|anbefal|rekommend|suosittel|recommand|polec|рекоменд|توصي|תמליץ|soovita|tavsiye|推荐|お勧め|추천/iu.test(text));
}
