import type { LocalText, Question, SurveyDefinition, SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { withOptionalWords, withWords } from "./draft.rules.ts";

/** One text of a survey. `key` names its place in the survey for good, `questionId` the question it belongs to. */
export type PlacedText = { key: string; text: LocalText; questionId: string | null; isOptional: boolean };
type Visit = (place: { key: string; questionId: string | null; isOptional: boolean }, text: LocalText) => LocalText;

/** Every text of the survey that says something in any language, in the order people read them. */
export const listTexts = (definition: SurveyDefinition): PlacedText[] => {
  const found: PlacedText[] = [];
  visitTexts(definition, (place, text) => {
    if (Object.keys(text).length > 0) found.push({ ...place, text });
    return text;
  });
  return found;
};

/** The definition with other words for one text in one language. */
export const withTranslation = (definition: SurveyDefinition, key: string, language: string, words: string): SurveyDefinition =>
  withTranslations(definition, new Map([[key, { [language]: words }]])).definition;

/** The definition with many texts replaced, as read from a file.
 *  @param given words by language by key; empty words and languages the survey has not are left out
 *  @returns also how many texts changed and which keys are not of this survey */
export const withTranslations = (
  definition: SurveyDefinition, given: ReadonlyMap<string, Readonly<Record<string, string>>>,
): { definition: SurveyDefinition; changed: number; unknown: string[] } => {
  const left = new Set(given.keys());
  let changed = 0;
  const next = visitTexts(definition, ({ key, isOptional }, text) => {
    left.delete(key);
    const entries = Object.entries(given.get(key) ?? {}).filter(([language, words]) => definition.languages.includes(language) && words !== (text[language] ?? ""));
    changed += entries.length;
    return entries.reduce<LocalText>((one, [language, words]) => (isOptional ? (withOptionalWords(one, language, words) ?? {}) : withWords(one, language, words)), text);
  });
  return { definition: next, changed, unknown: [...left] };
};

/** How many texts have no words in a language though they have some in the first one. */
export const countMissing = (definition: SurveyDefinition, language: string): number => {
  const [first = "en"] = definition.languages;
  return listTexts(definition).filter(({ text }) => (text[first] ?? "").trim() !== "" && (text[language] ?? "").trim() === "").length;
};

/** The definition without a language: its words go too, so that they do not come back by surprise. */
export const withoutLanguage = (definition: SurveyDefinition, language: string): SurveyDefinition => ({
  ...visitTexts(definition, (_place, text) => withWords(text, language, "")), languages: definition.languages.filter((tag) => tag !== language),
});

const visitTexts = (definition: SurveyDefinition, visit: Visit): SurveyDefinition => {
  const survey = (key: string, text: LocalText): LocalText => visit({ key, questionId: null, isOptional: false }, text);
  const optional = (key: string, text: LocalText | undefined): LocalText | undefined => (text === undefined ? undefined : kept(visit({ key, questionId: null, isOptional: true }, text)));
  const title = survey("title", definition.title);
  const intro = optional("intro", definition.intro);
  const questions = definition.questions.map((question) => visitQuestion(question, visit));
  const endings = definition.endings?.map((ending) => ({
    ...ending, title: survey(`endings.${ending.id}.title`, ending.title), ...present("text", optional(`endings.${ending.id}.text`, ending.text)),
  }));
  const thanks = { ...definition.thanks, title: survey("thanks.title", definition.thanks.title), ...present("text", optional("thanks.text", definition.thanks.text)) };
  return { ...definition, title, ...present("intro", intro), questions, ...(endings === undefined ? {} : { endings }), thanks };
};

const visitQuestion = (question: Question, visit: Visit): Question => {
  const key = (name: string): string => `questions.${question.id}.${name}`;
  const must = (name: string, text: LocalText): LocalText => visit({ key: key(name), questionId: question.id, isOptional: false }, text);
  const may = <Name extends string>(name: Name, text: LocalText | undefined): Partial<Record<Name, LocalText>> =>
    present(name, text === undefined ? undefined : kept(visit({ key: key(name), questionId: question.id, isOptional: true }, text)));
  const all = (name: string, options: readonly SurveyOption[]): SurveyOption[] => options.map((option) => ({ ...option, label: must(`${name}.${option.id}`, option.label) }));
  const asked = { title: must("title", question.title), ...may("hint", question.hint), ...may("spoken", question.spoken) };
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return { ...question, ...asked, ...may("low", question.low), ...may("high", question.high) };
    case "slider":
      return { ...question, ...asked, ...may("low", question.low), ...may("high", question.high), ...may("unit", question.unit) };
    case "single":
    case "multi":
    case "dropdown":
    case "ranking":
    case "picture":
      return { ...question, ...asked, options: all("options", question.options) };
    case "constant_sum":
      return { ...question, ...asked, options: all("options", question.options), ...may("unit", question.unit) };
    case "matrix":
      return { ...question, ...asked, rows: all("rows", question.rows), columns: all("columns", question.columns) };
    case "number":
      return { ...question, ...asked, ...may("unit", question.unit) };
    case "consent":
      return { ...question, ...asked, statement: must("statement", question.statement) };
    case "text":
    case "date":
    case "email":
    case "phone":
    case "contact":
    case "file":
    case "statement":
      return { ...question, ...asked };
  }
};

const kept = (text: LocalText): LocalText | undefined => (Object.keys(text).length === 0 ? undefined : text);
// A text that lost its last words must replace the old one, so the key is there with nothing.
const present = <Name extends string>(name: Name, text: LocalText | undefined): Partial<Record<Name, LocalText>> => {
  const one: Partial<Record<Name, LocalText>> = {};
  if (text !== undefined) one[name] = text;
  return one;
};
