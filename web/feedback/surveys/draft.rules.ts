import type { LocalText, Question, SurveyDefinition, SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";

/** The first of `name`, `name_2`, `name_3` … that is free. */
export const freeId = (taken: readonly string[], name: string): string => {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}_${number}`;
    if (!taken.includes(id)) return id;
  }
};

/** Every name in use that a formula, a branch or a place in a text can mean; `end` is the thank-you. */
export const takenIds = ({ questions, calculations = [], endings = [], quotas = [] }: SurveyDefinition): string[] =>
  ["end", "trait", "calculation", ...[...questions, ...calculations, ...endings, ...quotas].map(({ id }) => id)];

/** The definition with one question replaced by another with the same id. */
export const withQuestion = (definition: SurveyDefinition, id: string, next: Question): SurveyDefinition => ({
  ...definition, questions: definition.questions.map((question) => (question.id === id ? next : question)),
});

/** The definition with a question put in after another one, or at the end for null. */
export const withQuestionAfter = (definition: SurveyDefinition, question: Question, afterId: string | null): SurveyDefinition => {
  const after = definition.questions.findIndex(({ id }) => id === afterId);
  return { ...definition, questions: definition.questions.toSpliced(after === -1 ? definition.questions.length : after + 1, 0, question) };
};

/** The definition with a question one place earlier (-1) or later (1); the same one when it cannot go further. */
export const withMoved = (definition: SurveyDefinition, id: string, step: -1 | 1): SurveyDefinition =>
  withMovedTo(definition, id, definition.questions.findIndex((question) => question.id === id) + step);

/** The definition with a question at another place, counted from 0; the same one when it is there or the place is none. */
export const withMovedTo = (definition: SurveyDefinition, id: string, to: number): SurveyDefinition => {
  const from = definition.questions.findIndex((question) => question.id === id);
  const questions = withItemMoved(definition.questions, from, to);
  return questions === definition.questions ? definition : { ...definition, questions: [...questions] };
};

/** A list with one item at another place; the same list when nothing moves. */
export const withItemMoved = <Item>(items: readonly Item[], from: number, to: number): readonly Item[] => {
  const moved = items[from];
  if (moved === undefined || from === to || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, moved);
};

/** The definition with a copy of a question after it.
 *  @returns also the id of the copy; branches are not copied, because a second way on from the same answers is never meant */
export const withCopyOf = (definition: SurveyDefinition, id: string): { definition: SurveyDefinition; id: string } => {
  const original = definition.questions.find((question) => question.id === id);
  if (original === undefined) return { definition, id };
  const copyId = freeId(takenIds(definition), id.replace(/_\d+$/, "").slice(0, 36));
  return { definition: withQuestionAfter(definition, { ...original, id: copyId, branches: undefined }, id), id: copyId };
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

/** A new option with a free id, with its words in one language. */
export const newOption = (options: readonly SurveyOption[], given: { language: string; words?: string; kind?: "other" | "none" }): SurveyOption => {
  const { language, words = "", kind } = given;
  const id = freeId(options.map((option) => option.id), kind ?? idFrom(words));
  return {
    id, label: withWords({}, language, words),
    ...(kind === "other" ? { isOther: true } : {}),
    ...(kind === "none" ? { isNone: true } : {}),
  };
};

/** The options with one more for each line of a pasted text; what is there already, in any case, is not added again.
 *  "Other" and "none" stay last, as people look for them there. */
export const withPastedOptions = (options: readonly SurveyOption[], language: string, pasted: string, limit: number): SurveyOption[] => {
  const isLast = ({ isOther, isNone }: SurveyOption): boolean => isOther === true || isNone === true;
  const next = options.filter((option) => !isLast(option) && Object.keys(option.label).length > 0);
  const last = options.filter(isLast);
  for (const line of pasted.split(/\r?\n|\t/)) {
    const words = line.replace(/^\s*(?:[-*•–]|\d{1,3}[.)])\s+/u, "").trim().slice(0, 2_000);
    const isKnown = [...next, ...last].some(({ label }) => (label[language] ?? "").toLowerCase() === words.toLowerCase());
    if (words === "" || isKnown || next.length + last.length >= limit) continue;
    next.push(newOption([...next, ...last], { language, words }));
  }
  return [...next, ...last];
};

// Readable ids are worth having in exports and formulas: "In time" becomes in_time.
const idFrom = (words: string): string => {
  const id = words.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 32);
  return id === "" ? "option" : id;
};

/** A text, or undefined where it says nothing in any language: what may be missing is then left out. */
export const orNothing = (text: LocalText): LocalText | undefined => (Object.keys(text).length === 0 ? undefined : text);
