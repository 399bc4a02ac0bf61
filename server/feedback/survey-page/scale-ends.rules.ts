import type { LocalText, Question } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import type { PageTexts } from "./page-texts.rules.ts";

/** The words at the ends of a scale: the survey's own in this language, else the page's translation of the usual ones.
 *  The survey's words in another language come last: two languages in one question read badly.
 *  @returns never empty */
export const scaleEndsOf = (
  question: Extract<Question, { type: "nps" | "csat" | "ces" }>,
  words: { language: string; languages: readonly string[]; texts: PageTexts },
): { low: string; high: string } => {
  const { language, languages, texts } = words;
  const isFirst = language === languages[0];
  const say = (own: LocalText | undefined, usual: string): string => textIn(own, language, isFirst ? languages : []) || usual;
  return { low: say(question.low, texts[`${question.type}Low`]), high: say(question.high, texts[`${question.type}High`]) };
};
