import type { LocalText, Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";

/** A question over all versions of a survey, in the words of the newest version that asks it. */
export type AskedQuestion = {
  id: string;
  type: Question["type"];
  title: string;
  options: readonly Labelled[];
  rows: readonly Labelled[];
  /** People write here: a text, or words beside an option. */
  hasWords: boolean;
};
export type Labelled = { key: string; label: string };

/** Every question that was ever asked, in the order of the newest version; those it asks no more come last. Options that were taken away
 *  stay, since people have chosen them.
 *  @param definitions newest version first */
export function listAskedQuestions(definitions: readonly SurveyDefinition[]): AskedQuestion[] {
  const asked = new Map<string, AskedQuestion>();
  for (const { questions, languages } of definitions) {
    for (const question of questions) {
      if (question.type === "statement") continue;
      const before = asked.get(question.id);
      const options = optionsOf(question, languages);
      const rows = question.type === "matrix" ? labelled(question.rows, languages) : [];
      if (before === undefined) asked.set(question.id, { id: question.id, type: question.type, title: words(question.title, languages), options, rows, hasWords: hasWords(question) });
      else if (before.type === question.type) asked.set(question.id, { ...before, options: joined(before.options, options), rows: joined(before.rows, rows), hasWords: before.hasWords || hasWords(question) });
    }
  }
  return [...asked.values()];
}

function optionsOf(question: Question, languages: readonly string[]): Labelled[] {
  switch (question.type) {
    case "single":
    case "multi":
    case "dropdown":
    case "ranking":
    case "picture":
    case "constant_sum":
      return labelled(question.options, languages);
    case "matrix":
      return labelled(question.columns, languages);
    case "contact":
      return question.fields.map((key) => ({ key, label: key }));
    case "consent":
      return [{ key: "yes", label: "yes" }, { key: "no", label: "no" }];
    default:
      return [];
  }
}

function hasWords(question: Question): boolean {
  return question.type === "text" || ("options" in question && question.options.some((option) => option.isOther === true));
}

function labelled(options: readonly SurveyOption[], languages: readonly string[]): Labelled[] {
  return options.map(({ id, label }) => ({ key: id, label: words(label, languages) || id }));
}

function words(text: LocalText, languages: readonly string[]): string {
  return textIn(text, languages[0] ?? "en", languages);
}

function joined(first: readonly Labelled[], second: readonly Labelled[]): Labelled[] {
  const known = new Set(first.map(({ key }) => key));
  return [...first, ...second.filter(({ key }) => !known.has(key))];
}
