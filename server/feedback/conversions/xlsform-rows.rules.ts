import type { Draft, SourceText } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import type { Row } from "./survey-file.rules.ts";

export const cell = (row: Row | undefined, column: string): string => (row?.get(column) ?? "").trim();

/** A text of a row in its languages: `label` is the main one, `label::French (fr)` another. */
export function wordsIn(draft: Draft, row: Row, column: string): SourceText {
  const [main = "en"] = draft.languages;
  return [...row].flatMap(([name, text]) => {
    const [base = "", ...language] = name.split("::");
    if (base !== column) return [];
    return [[language.length === 0 ? main : (languageTag(language.join("::")) ?? ""), text] as const];
  });
}
