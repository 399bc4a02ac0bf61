import type { LocalText } from "./definition.contract.ts";

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
