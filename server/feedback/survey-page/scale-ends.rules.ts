import type { LocalText, QuestionOf } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import type { PageTexts } from "./page-texts.rules.ts";

type Words = { language: string; languages: readonly string[]; texts: PageTexts };

/** The words at the ends of a scale: the survey's own in this language, else the page's translation of the usual ones.
 *  The survey's words in another language come last: two languages in one question read badly.
 *  @returns never empty for the three scores; a rating or slider without words of its own has none */
export const scaleEndsOf = (question: QuestionOf<"nps" | "csat" | "ces" | "rating" | "slider">, words: Words): { low: string; high: string } => {
  const { language, languages, texts } = words;
  const isFirst = language === languages[0];
  const say = (own: LocalText | undefined, usual: string): string => textIn(own, language, isFirst ? languages : []) || usual;
  if (question.type === "rating" || question.type === "slider") return { low: say(question.low, ""), high: say(question.high, "") };
  return { low: say(question.low, texts[`${question.type}Low`]), high: say(question.high, texts[`${question.type}High`]) };
};

const SMILEYS = ["😡", "🙁", "😐", "🙂", "😍"];

/** How one point of a scale is drawn, and what it means in words ("" where the number says it all).
 *  @param point on the scale
 *  @param scale its lowest and highest point */
export const pointOf = (
  question: QuestionOf<"nps" | "csat" | "ces" | "rating">,
  point: number,
  scale: { min: number; max: number },
  words: Words,
): { mark: string; meaning: string } => {
  const look = "look" in question ? (question.look ?? "numbers") : "numbers";
  const { low, high } = scaleEndsOf(question, words);
  const meaning = point === scale.min ? low : point === scale.max ? high : middleMeaning(question, point, words.texts);
  if (look === "stars") return { mark: "★", meaning: meaning === "" ? String(point) : meaning };
  if (look === "smileys") {
    const place = Math.round(((point - scale.min) / Math.max(1, scale.max - scale.min)) * (SMILEYS.length - 1));
    return { mark: SMILEYS[place] ?? String(point), meaning: meaning === "" ? String(point) : meaning };
  }
  if (look === "words") return { mark: meaning === "" ? String(point) : meaning, meaning: "" };
  return { mark: String(point), meaning: point === scale.min || point === scale.max ? meaning : "" };
};

const middleMeaning = (question: QuestionOf<"nps" | "csat" | "ces" | "rating">, point: number, texts: PageTexts): string => {
  if (question.type !== "csat") return "";
  return point === 2 ? texts.csat2 : point === 3 ? texts.csat3 : texts.csat4;
};
