import { scaleOf } from "@firsthand/server/feedback/surveys/answers.rules";
import type { Condition, LocalText, Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { SurveyChannel } from "@firsthand/server/feedback/responses/responses.contract";

export type Operator = Condition["operator"];
/** Something a condition can look at, with the comparisons that make sense for it.
 *  `key` tells subjects apart; `values`: those to choose from, else words or a number are typed. */
export type Subject = {
  key: string;
  kind: "question" | "calculation" | "trait" | "fact";
  /** Texts of the question and, of a matrix or a sum, of one of its lines; empty for others. */
  words: readonly LocalText[];
  /** Name of a calculation, or which fact. */
  name: string;
  operators: readonly Operator[];
  value: { kind: "number"; min?: number; max?: number } | { kind: "text" } | { kind: "none" } | { kind: "choice"; isNumber: boolean; values: readonly { value: string; words: LocalText | string }[] };
};

const SCALE: readonly Operator[] = ["at_least", "at_most", "is", "is_not", "answered", "not_answered"];
const CHOICE: readonly Operator[] = ["is", "is_not", "answered", "not_answered"];
const WORDS: readonly Operator[] = ["contains", "not_contains", "is", "is_not", "answered", "not_answered"];
const GIVEN: readonly Operator[] = ["answered", "not_answered"];
const TRAIT: readonly Operator[] = ["is", "is_not", "contains", "not_contains", "at_least", "at_most", "answered", "not_answered"];

/** Channels a person can answer by; people import and post answers too, but they follow no branches. */
export const CHANNELS: readonly SurveyChannel[] = ["web", "email", "text", "qr", "kiosk", "chat", "phone", "app", "store", "widget", "interview"];

/** All that a condition may look at.
 *  @param asked questions answered before the condition is looked at */
export const subjectsFor = (definition: SurveyDefinition, asked: readonly Question[]): Subject[] => [
  ...asked.flatMap(subjectsOf),
  ...(definition.calculations ?? []).map(({ id, name }): Subject => ({
    key: `calculation ${id}`, kind: "calculation", words: [], name, operators: SCALE, value: { kind: "number" },
  })),
  fact("language", { kind: "choice", isNumber: false, values: definition.languages.map((tag) => ({ value: tag, words: tag })) }),
  fact("channel", { kind: "choice", isNumber: false, values: CHANNELS.map((channel) => ({ value: channel, words: channel })) }),
  fact("touchpoint", { kind: "text" }),
  fact("source", { kind: "text" }),
  fact("campaign", { kind: "text" }),
  { key: "trait", kind: "trait", words: [], name: "", operators: TRAIT, value: { kind: "text" } },
];

const fact = (name: string, value: Subject["value"]): Subject =>
  ({ key: `fact ${name}`, kind: "fact", words: [], name, operators: value.kind === "choice" ? ["is", "is_not"] : WORDS, value });

const subjectsOf = (question: Question): Subject[] => {
  const make = (operators: readonly Operator[], value: Subject["value"]): Subject => ({ key: `question ${question.id}`, kind: "question", words: [question.title], name: question.id, operators, value });
  const choose = (values: readonly { id: string; label: LocalText }[]): Subject["value"] => ({ kind: "choice", isNumber: false, values: values.map(({ id, label }) => ({ value: id, words: label })) });
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      return [make(SCALE, { kind: "choice", isNumber: true, values: Array.from({ length: max - min + 1 }, (_, index) => ({ value: String(min + index), words: String(min + index) })) })];
    }
    case "slider":
      return [make(SCALE, { kind: "number", min: question.min, max: question.max })];
    case "number":
      return [make(SCALE, { kind: "number" })];
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
      return [make(CHOICE, choose(question.options))];
    case "matrix":
      return [
        ...question.rows.map((row) => ({ ...make(CHOICE, choose(question.columns)), key: `question ${question.id} ${row.id}`, words: [question.title, row.label] })),
        make(GIVEN, { kind: "none" }),
      ];
    case "constant_sum":
      return [
        ...question.options.map((option) => ({ ...make(SCALE, { kind: "number", min: 0, max: question.total }), key: `question ${question.id} ${option.id}`, words: [question.title, option.label] })),
        make(GIVEN, { kind: "none" }),
      ];
    case "consent":
      return [make(CHOICE, { kind: "choice", isNumber: false, values: [{ value: "yes", words: "yes" }, { value: "no", words: "no" }] })];
    case "text":
    case "email":
    case "phone":
    case "date":
      return [make(WORDS, { kind: "text" })];
    case "ranking":
    case "contact":
    case "file":
      return [make(GIVEN, { kind: "none" })];
    case "statement":
      return [];
  }
};

/** The subject a condition looks at; null when it is not among them any more. */
export const subjectOf = (condition: Condition, subjects: readonly Subject[]): Subject | null => subjects.find(({ key }) => key === keyOf(condition)) ?? null;

const keyOf = (condition: Condition): string => {
  if ("questionId" in condition) return ["question", condition.questionId, ...(condition.row === undefined ? [] : [condition.row])].join(" ");
  if ("calculation" in condition) return `calculation ${condition.calculation}`;
  return "fact" in condition ? `fact ${condition.fact}` : "trait";
};

const FACTS = ["language", "channel", "touchpoint", "source", "campaign"] as const;

/** A first condition about a subject: its first comparison, with a value where there is one to choose. */
export const conditionOn = (subject: Subject): Condition => {
  const [operator = "answered"] = subject.operators;
  const first = subject.value.kind === "choice" ? subject.value.values[0]?.value : undefined;
  const isNumber = subject.value.kind === "choice" && subject.value.isNumber;
  const comparison = { operator, ...(first === undefined ? {} : { value: isNumber ? Number(first) : first }) };
  const [, name = "", row] = subject.key.split(" ");
  switch (subject.kind) {
    case "question":
      return { questionId: name, ...(row === undefined ? {} : { row }), ...comparison };
    case "calculation":
      return { calculation: name, ...comparison };
    case "trait":
      return { trait: "first_name", ...comparison };
    case "fact":
      return { fact: FACTS.find((one) => one === name) ?? "channel", ...comparison };
  }
};

/** The condition with another comparison; a value that does not fit it is taken away. */
export const withOperator = (condition: Condition, operator: Operator): Condition => {
  const { value, ...rest } = condition;
  const takesValue = operator !== "answered" && operator !== "not_answered";
  const needsNumber = operator === "at_least" || operator === "at_most";
  const fits = needsNumber ? typeof value === "number" : value !== undefined;
  const number = needsNumber && typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : undefined;
  return { ...rest, operator, ...(takesValue && fits ? { value } : takesValue && number !== undefined ? { value: number } : {}) };
};

/** What a typed value means: a number where numbers are compared, else words; undefined for nothing typed. */
export const valueFrom = (typed: string, subject: Subject, operator: Operator): string | number | undefined => {
  const isNumber = subject.value.kind === "number" || (subject.value.kind === "choice" && subject.value.isNumber) || operator === "at_least" || operator === "at_most";
  if (typed.trim() === "") return undefined;
  if (!isNumber) return typed;
  return Number.isNaN(Number(typed)) ? undefined : Number(typed);
};
