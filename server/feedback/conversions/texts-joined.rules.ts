import type { LocalText } from "../surveys/definition.contract.ts";

/** "Question – row", in each language of the question. A language the row lacks takes the row's first words. */
export function joinTexts(title: LocalText, label: LocalText): LocalText {
  const [fallback = ""] = Object.values(label);
  return Object.fromEntries(Object.entries(title).map(([language, text]) => [language, `${text.slice(0, 1_700)} – ${(label[language] ?? fallback).slice(0, 290)}`.toWellFormed()]));
}
