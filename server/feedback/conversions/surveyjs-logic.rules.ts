import type { Clause } from "./clauses.rules.ts";
import { comparisonOf } from "./clauses.rules.ts";
import type { Draft, SourceText } from "./draft.rules.ts";
import { clauseFrom } from "./expression.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { entriesOf, isObject, textOf } from "./source-values.rules.ts";

/** A text of SurveyJS: a string, or an object by locale where `default` is the main language. */
export function wordsOf(draft: Draft, value: unknown): SourceText {
  const [main = "en"] = draft.languages;
  if (!isObject(value)) return [[main, textOf(value)]];
  return entriesOf(value).map(([locale, text]) => [locale === "default" ? main : (languageTag(locale) ?? ""), textOf(text)] as const);
}

/** The clause of a `visibleIf`. */
export function clauseOfVisibleIf(draft: Draft, expression: string): Clause {
  return clauseFrom(expression, {
    reference: /\{([^{}]{1,200})\}/u,
    compare: (name, comparison, value) => comparisonOf(draft, placeOf(draft, name), comparison, value),
    call: () => null,
  });
}

/** The name of a place for `{question}`, `{matrix.row}`, `{panel.question}`. */
function placeOf(draft: Draft, reference: string): string {
  const name = reference.trim().replace(/^#/, "");
  if (draft.places.has(name)) return name;
  const last = name.split(".").at(-1) ?? name;
  return name.startsWith("panel.") && draft.places.has(last) ? last : name;
}

export function pipeSurveyJs(draft: Draft): Draft["pipe"] {
  return (text, put) => text.replaceAll(/\{([\w#.\- ]{1,100})\}/g, (whole: string, name: string) => (["pageno", "pagecount", "questionno"].includes(name.toLowerCase()) ? "" : /^\s|\s$/.test(name) ? whole : put(placeOf(draft, name))));
}
