import type { LocalText, Question, SurveyDefinition, SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";

export type QuestionType = Question["type"];
export const QUESTION_TYPES: readonly QuestionType[] = ["nps", "csat", "ces", "single", "multi", "text"];

const FIRST_WORDS: Record<QuestionType, string> = {
  nps: "How likely are you to recommend us to a friend or colleague?",
  csat: "How satisfied are you with us?",
  ces: "We made it easy for you to handle your issue.",
  single: "",
  multi: "",
  text: "What is the main reason for your score?",
};

/** A new question of a type, with the wording its score was made with, and an id no other question has. */
export const newQuestion = (definition: SurveyDefinition, type: QuestionType): Question => {
  const [language = "en"] = definition.languages;
  const title: LocalText = language === "en" ? withWords({}, "en", FIRST_WORDS[type]) : {};
  const asked = { id: freeId(definition.questions.map(({ id }) => id), type), title, isRequired: type !== "text" };
  if (type === "single" || type === "multi") return { ...asked, type, options: [{ id: "a", label: {} }, { id: "b", label: {} }] };
  return type === "text" ? { ...asked, type, isLong: true } : { ...asked, type };
};

/** The first of `name`, `name_2`, `name_3` … that is free. */
export const freeId = (taken: readonly string[], name: string): string => {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}_${number}`;
    if (!taken.includes(id)) return id;
  }
};

/** The definition with one question replaced; null takes it away, along with conditions that looked at it. */
export const withQuestion = (definition: SurveyDefinition, id: string, next: Question | null): SurveyDefinition => {
  if (next !== null) return { ...definition, questions: definition.questions.map((question) => (question.id === id ? next : question)) };
  const left = definition.questions.filter((question) => question.id !== id);
  return { ...definition, questions: left.map((question) => withoutConditionsOn(question, id)) };
};

/** The definition with a question one place earlier (-1) or later (1); the same one when it cannot go further. */
export const withMoved = (definition: SurveyDefinition, id: string, step: -1 | 1): SurveyDefinition => {
  const from = definition.questions.findIndex((question) => question.id === id);
  const to = from + step;
  const moved = definition.questions[from];
  if (moved === undefined || to < 0 || to >= definition.questions.length) return definition;
  const questions = definition.questions.toSpliced(from, 1).toSpliced(to, 0, moved);
  return { ...definition, questions };
};

/** A text with its words in one language replaced; empty words take the language away. */
export const withWords = (text: LocalText | undefined, language: string, words: string): LocalText => {
  const { [language]: _, ...others } = text ?? {};
  return words === "" ? others : { ...others, [language]: words };
};

/** As `withWords`, for texts that may be missing: undefined when no language is left. */
export const withOptionalWords = (text: LocalText | undefined, language: string, words: string): LocalText | undefined => {
  const next = withWords(text, language, words);
  return Object.keys(next).length === 0 ? undefined : next;
};

/** A new option with a free id; `other` ones are written in. */
export const newOption = (options: readonly SurveyOption[], other: { label: LocalText } | null): SurveyOption => {
  const id = freeId(options.map((option) => option.id), other === null ? "option" : "other");
  return other === null ? { id, label: {} } : { id, label: other.label, isOther: true };
};

const withoutConditionsOn = (question: Question, id: string): Question => {
  const showIf = question.showIf?.filter((condition) => condition.questionId !== id);
  return showIf === undefined ? question : { ...question, showIf };
};
