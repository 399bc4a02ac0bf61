import type { LocalText } from "./definition.contract.ts";

/** Something a person should look at before publishing; an `error` stops publishing, a `warning` does not. */
export type DefinitionProblem = {
  severity: "error" | "warning";
  code:
    | "no_questions" | "same_id_twice" | "no_text" | "translation_missing" | "too_few_options" | "same_option_twice" | "two_others" | "limits_cross"
    | "no_fields" | "no_picture" | "only_statements" | "condition_on_later_question" | "condition_without_value" | "condition_never_holds" | "unreachable"
    | "branch_goes_back" | "branch_to_nowhere" | "branch_never_taken" | "ending_unused" | "ending_unknown" | "formula_wrong" | "formula_unknown_name" | "shuffle_wrong" | "place_unknown"
    | "accent_hard_to_read" | "ink_hard_to_read" | "double_barrelled" | "leading" | "negated" | "title_long" | "survey_long" | "file_needs_line";
  /** Question the problem belongs to; null for the survey as a whole. */
  questionId: string | null;
  message: string;
  /** Language a translation is missing in. */
  language?: string;
};

export const errorIn = (code: DefinitionProblem["code"], questionId: string | null, message: string): DefinitionProblem => ({ severity: "error", code, questionId, message });
export const warningIn = (code: DefinitionProblem["code"], questionId: string | null, message: string): DefinitionProblem => ({ severity: "warning", code, questionId, message });

/** A text must be there in the first language and should be there in the others.
 *  @param name what the text is, as the beginning of a sentence */
export function checkText(languages: readonly string[], text: LocalText | undefined, questionId: string | null, name: string): DefinitionProblem[] {
  const has = (language: string): boolean => text !== undefined && Object.hasOwn(text, language) && (text[language] ?? "").trim() !== "";
  const [first = "en", ...others] = languages;
  if (!has(first)) return [errorIn("no_text", questionId, `${name} has no text in ${englishNameOf(first)}.`)];
  return others.filter((language) => !has(language)).map((language) => ({
    ...warningIn("translation_missing", questionId, `${name} is not translated into ${englishNameOf(language)}; ${englishNameOf(first)} is shown instead.`), language,
  }));
}

const englishNameOf = (language: string): string => new Intl.DisplayNames("en", { type: "language" }).of(language) ?? language;
