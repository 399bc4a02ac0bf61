import type { PageTexts } from "../survey-page/page-texts.rules.ts";
import { scriptTextsIn } from "../survey-page/refusals.rules.ts";
import { themeProperties } from "../survey-page/theme-css.rules.ts";
import type { SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { chooseLanguage, isRightToLeft, textIn } from "../surveys/local-text.rules.ts";

/** Everything to show one survey on a website. */
export type WidgetSurvey = {
  id: string; slug: string; version: number; language: string; direction: "ltr" | "rtl"; definition: SurveyDefinition; context: SurveyContext; texts: PageTexts;
  facts: { channel: "widget"; touchpoint?: string };
  /** Properties of the style, by name. */
  theme: Record<string, string>;
  closeLabel: string;
  /** Its title in this language: the name of its frame. */
  label: string;
  /** What must come with the answers; null for most surveys. */
  sending: { challenge: { text: string; bits: number } | null; isDeviceTold: boolean } | null;
};

const CLOSE = { en: "Close", de: "Schließen", fr: "Fermer", es: "Cerrar", nl: "Sluiten", ar: "إغلاق" };

/** A published survey as a website shows it.
 *  @param shown `wanted` is the language of the page, `touchpoint` null when its answers count for none */
export const widgetSurveyOf = (
  survey: { id: string; slug: string; version: number; definition: SurveyDefinition },
  shown: { wanted: string; touchpoint: string | null; sending: WidgetSurvey["sending"] },
): WidgetSurvey => {
  const { definition } = survey;
  const language = chooseLanguage(definition.languages, [shown.wanted]);
  const facts = { channel: "widget" as const, ...(shown.touchpoint === null || shown.touchpoint === "" ? {} : { touchpoint: shown.touchpoint }) };
  return {
    ...survey, language, direction: isRightToLeft(language) ? "rtl" : "ltr", facts, texts: scriptTextsIn(language, definition), theme: themeProperties(definition.theme),
    // Traits stay on the server: whoever has the public key could ask for those of anybody.
    context: { traits: {}, facts: { language, ...facts } },
    sending: shown.sending, label: textIn(definition.title, language, definition.languages), closeLabel: textIn(CLOSE, language, ["en"]),
  };
};
