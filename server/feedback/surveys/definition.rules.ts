import type { Condition, LocalText, Question, SurveyDefinition } from "./definition.contract.ts";

/** Something a person should look at before publishing; an `error` stops publishing, a `warning` does not. */
export type DefinitionProblem = {
  severity: "error" | "warning";
  code:
    | "no_questions" | "same_id_twice" | "no_text" | "translation_missing" | "too_few_options" | "same_option_twice"
    | "condition_on_later_question" | "condition_without_value" | "accent_hard_to_read" | "two_others";
  /** Question the problem belongs to; null for the survey as a whole. */
  questionId: string | null;
  message: string;
  /** Language a translation is missing in. */
  language?: string;
};

/** Least contrast of text on the accent colour. Source: WCAG 2.2, success criterion 1.4.3 (AA, normal text). */
export const CONTRAST_MIN = 4.5;

/** Everything that is wrong or unwise in a survey, in reading order; a survey with an error cannot be published. */
export function checkDefinition(definition: SurveyDefinition): DefinitionProblem[] {
  return [
    ...checkSurveyTexts(definition),
    ...definition.questions.flatMap((question, index) => oncePerLanguage(checkQuestion(definition, question, index))),
    ...checkTheme(definition),
  ];
}

// A question with ten options and no translation is one thing to do, not eleven.
const oncePerLanguage = (problems: DefinitionProblem[]): DefinitionProblem[] => {
  const named = new Set<string>();
  return problems.filter(({ code, language }) => {
    if (code !== "translation_missing" || language === undefined) return true;
    const isFirst = !named.has(language);
    named.add(language);
    return isFirst;
  });
};

/** A text in the wanted language; falls back to its base language ("pt-BR" to "pt"), then to the first language of the survey.
 *  @returns "" when the text has none of them */
export function textIn(text: LocalText | undefined, language: string, languages: readonly string[]): string {
  if (text === undefined) return "";
  for (const tag of [language, language.split("-")[0] ?? language, ...languages]) {
    const found = Object.hasOwn(text, tag) ? text[tag] : undefined;
    if (found !== undefined && found.trim() !== "") return found;
  }
  return "";
}

/** The language to show: the first wanted one the survey has (also by base language), else the survey's first.
 *  @param wanted language tags in order of preference */
export function chooseLanguage(languages: readonly string[], wanted: readonly string[]): string {
  for (const tag of wanted) {
    const base = tag.split("-")[0]?.toLowerCase();
    const found = languages.find((language) => language.toLowerCase() === tag.toLowerCase())
      ?? languages.find((language) => language.split("-")[0]?.toLowerCase() === base);
    if (found !== undefined) return found;
  }
  return languages[0] ?? "en";
}

/** Whether a language is written from right to left. */
export function isRightToLeft(language: string): boolean {
  return ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].includes(language.split("-")[0] ?? "");
}

/** Contrast of two colours, 1 to 21.
 *  @param colour, other "#rrggbb"
 *  Source: WCAG 2.2, definitions of contrast ratio and relative luminance. */
export function contrastOf(colour: string, other: string): number {
  const [lighter, darker] = [luminanceOf(colour), luminanceOf(other)].sort((one, two) => two - one);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** White or black, whichever reads better on the colour; one of them always passes 4.5, as their contrasts multiply to 21. */
export function inkOn(colour: string): "#ffffff" | "#000000" {
  return contrastOf(colour, "#ffffff") >= contrastOf(colour, "#000000") ? "#ffffff" : "#000000";
}

function checkSurveyTexts(definition: SurveyDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  if (definition.questions.length === 0) {
    problems.push({ severity: "error", code: "no_questions", questionId: null, message: "The survey has no question. Add one." });
  }
  problems.push(...checkText(definition, definition.title, null, "The survey's title"));
  problems.push(...checkText(definition, definition.thanks.title, null, "The thank-you"));
  return problems;
}

function checkQuestion(definition: SurveyDefinition, question: Question, index: number): DefinitionProblem[] {
  const name = `Question ${index + 1}`;
  const problems = checkText(definition, question.title, question.id, name);
  const earlier = definition.questions.slice(0, index);
  if (earlier.some((other) => other.id === question.id)) {
    problems.push({ severity: "error", code: "same_id_twice", questionId: question.id, message: `${name} has the same id as an earlier question: ${question.id}.` });
  }
  for (const condition of question.showIf ?? []) problems.push(...checkCondition(condition, question.id, { name, earlier }));
  if (question.type === "single" || question.type === "multi") problems.push(...checkOptions(definition, question, name));
  return problems;
}

function checkCondition(condition: Condition, questionId: string, place: { name: string; earlier: Question[] }): DefinitionProblem[] {
  if (!place.earlier.some((other) => other.id === condition.questionId)) {
    return [{ severity: "error", code: "condition_on_later_question", questionId, message: `${place.name} depends on "${condition.questionId}", which does not come before it.` }];
  }
  if (condition.value === undefined && condition.operator !== "answered" && condition.operator !== "not_answered") {
    return [{ severity: "error", code: "condition_without_value", questionId, message: `${place.name} has a condition without a value.` }];
  }
  return [];
}

function checkOptions(definition: SurveyDefinition, question: Extract<Question, { type: "single" | "multi" }>, name: string): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const ids = question.options.map((option) => option.id);
  if (ids.length < 2) problems.push({ severity: "error", code: "too_few_options", questionId: question.id, message: `${name} needs at least two options.` });
  if (new Set(ids).size < ids.length) problems.push({ severity: "error", code: "same_option_twice", questionId: question.id, message: `${name} has two options with the same id.` });
  if (question.options.filter((option) => option.isOther === true).length > 1) {
    problems.push({ severity: "error", code: "two_others", questionId: question.id, message: `${name} can have only one option to write in.` });
  }
  question.options.forEach((option, index) => problems.push(...checkText(definition, option.label, question.id, `${name}, option ${index + 1}`)));
  return problems;
}

function checkText(definition: SurveyDefinition, text: LocalText, questionId: string | null, name: string): DefinitionProblem[] {
  const has = (language: string): boolean => Object.hasOwn(text, language) && (text[language] ?? "").trim() !== "";
  const [first = "en", ...others] = definition.languages;
  if (!has(first)) return [{ severity: "error", code: "no_text", questionId, message: `${name} has no text in ${englishNameOf(first)}.` }];
  return others.filter((language) => !has(language)).map((language) => ({
    severity: "warning", code: "translation_missing", questionId, language, message: `${name} is not translated into ${englishNameOf(language)}; ${englishNameOf(first)} is shown instead.`,
  }));
}

const englishNameOf = (language: string): string => new Intl.DisplayNames("en", { type: "language" }).of(language) ?? language;

function checkTheme(definition: SurveyDefinition): DefinitionProblem[] {
  const { accent } = definition.theme;
  // The accent also outlines fields and marks the chosen answer on a white page, so ink on it is not enough: it must itself stand out.
  if (contrastOf(accent, "#ffffff") >= CONTRAST_MIN) return [];
  return [{ severity: "error", code: "accent_hard_to_read", questionId: null, message: `The colour ${accent} is hard to read on white. Choose a darker one.` }];
}

function luminanceOf(colour: string): number {
  const channel = (start: number): number => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
