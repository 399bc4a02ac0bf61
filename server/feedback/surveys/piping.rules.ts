import { wordsOfAnswer } from "./answer-words.rules.ts";
import { calculate } from "./calculations.rules.ts";
import { answerTo, ownOf } from "./given-answer.rules.ts";
import { NO_CONTEXT } from "./conditions.rules.ts";
import type { Answers, SurveyContext, SurveyDefinition } from "./definition.contract.ts";

/** A place in a text that is filled in: `{{nps}}`, `{{trait.first_name|there}}`, `{{calculation.total}}`.
 *  Blanks around the name belong to the match and are cut off later: told apart here, a long run of them would be tried in every way. */
const PLACE = /\{\{([^{}|]{1,100})(?:\|([^{}]{0,200}))?\}\}/g;

/** A text with its places filled in. What is not known becomes the words after "|", or nothing.
 *  @param text in the language shown
 *  @returns plain text; it may hold anything a person typed, so whoever shows it as HTML escapes it */
export function fillText(
  text: string,
  given: { definition: SurveyDefinition; answers: Answers; context?: SurveyContext; language: string },
): string {
  if (!text.includes("{{")) return text;
  return text.replace(PLACE, (_place, name: string, fallback: string | undefined) => valueOfPlace(name.trim(), given) || (fallback ?? "").trim());
}

/** The names a text refers to, in order, each once. */
export function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, name = ""]) => name.trim()))];
}

/** Traits that a survey's texts, conditions and formulas name: all that a page may learn about its customer. */
export function traitsNamedIn(definition: SurveyDefinition): string[] {
  const json = JSON.stringify(definition);
  const inTexts = placesIn(json).filter((name) => name.startsWith("trait.")).map((name) => name.slice("trait.".length));
  const rules = [
    ...definition.questions.flatMap(({ showIf = [], branches = [] }) => [...showIf, ...branches.flatMap(({ conditions }) => conditions)]),
    ...(definition.endings ?? []).flatMap(({ conditions }) => conditions),
    ...(definition.quotas ?? []).flatMap(({ conditions }) => conditions),
  ];
  const inRules = rules.flatMap((condition) => ("trait" in condition ? [condition.trait] : []));
  const inFormulas = (definition.calculations ?? []).flatMap(({ formula }) => [...formula.matchAll(/\btrait\.([a-z0-9_]+)/g)].map(([, name = ""]) => name));
  return [...new Set([...inTexts, ...inRules, ...inFormulas])];
}

function valueOfPlace(name: string, given: Parameters<typeof fillText>[1]): string {
  const { definition, answers, context = NO_CONTEXT, language } = given;
  if (name.startsWith("trait.")) return String(ownOf(context.traits, name.slice("trait.".length)) ?? "");
  if (name.startsWith("calculation.")) {
    const found = calculate(definition, answers, context).find(({ id }) => id === name.slice("calculation.".length));
    return found?.value === undefined || found.value === null ? "" : String(Math.round(found.value * 100) / 100);
  }
  const question = definition.questions.find(({ id }) => id === name);
  return question === undefined ? "" : wordsOfAnswer(question, answerTo(answers, name), language, definition.languages);
}
