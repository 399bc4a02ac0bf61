import i18next, { type FormatterModule } from "i18next";
import { useSyncExternalStore } from "react";
import { numberFormat } from "./locale.ts";

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";
type KeyOf<Words> = {
  [Key in keyof Words & string]: Key extends `${infer Stem}_${PluralForm}` ? Stem : Key;
}[keyof Words & string];
type Values = Readonly<Record<string, string | number>>;
export type Translate<Words> = (key: KeyOf<Words>, values?: Values) => string;
export type Texts<Words> = { readonly namespace: string; readonly words: Words; readonly say: Translate<Words> };

const formatCount = (value: number): string => numberFormat({}, i18next.language).format(value);

// People need "1,204": every number that is filled in is shown grouped, while the plural is chosen by the number itself.
const grouping: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value) => (typeof value === "number" ? formatCount(value) : value),
};

const language = "en";
// At once, not in a later task: texts are asked for while modules load.
void i18next.use(grouping).init({
  lng: language,
  fallbackLng: language,
  initAsync: false,
  resources: {},
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/** Enters a feature's words in the catalogue.
 *  @param words keys with English texts; `{{name}}` is replaced; `answers_one` and `answers_other` are said by `t("answers", { count })`
 *  @returns what `useTexts` takes; `.say` for places outside components */
export const defineTexts = <const Words extends Readonly<Record<string, string>>>(
  namespace: string,
  words: Words,
): Texts<Words> => {
  i18next.addResourceBundle(language, namespace, words, true, true);
  const translate = (key: string, values?: Values): string => i18next.t(key, { ns: namespace, ...named(values) });
  const said = new Map<string, string>();
  // To look for plurals and blanks to fill takes longer than to draw the word: what has none is looked up once for a language.
  const sayPlain = (key: string): string => {
    const kept = `${i18next.language} ${key}`;
    const word = said.get(kept) ?? translate(key);
    said.set(kept, word);
    return word;
  };
  return { namespace, words, say: (key, values) => (values === undefined ? sayPlain(key) : translate(key, values)) };
};

/** The words of a feature in the language of the member; the screen draws again when the language changes. */
export const useTexts = <Words>(texts: Texts<Words>): Translate<Words> => {
  useSyncExternalStore(subscribe, () => i18next.language);
  return texts.say;
};

// Texts may name the count `n` as well.
const named = (values: Values = {}): Values => (typeof values.count === "number" ? { ...values, n: values.count } : values);

const subscribe = (changed: () => void): (() => void) => {
  i18next.on("languageChanged", changed);
  return () => i18next.off("languageChanged", changed);
};
