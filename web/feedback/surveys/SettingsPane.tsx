import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { CalculationSettings } from "./CalculationSettings.tsx";
import { idIn, useDraft } from "./draft-context.ts";
import { EndingSettings } from "./EndingSettings.tsx";
import { LanguageSettings } from "./LanguageSettings.tsx";
import { OrderSettings } from "./OrderSettings.tsx";
import { QuestionSettings } from "./QuestionSettings.tsx";
import type { QuestionVerbs } from "./question-verbs.ts";
import { QuotaSettings } from "./QuotaSettings.tsx";
import { SurveyWords } from "./SurveyWords.tsx";
import { ThanksSettings } from "./ThanksSettings.tsx";
import { ThemeSettings } from "./ThemeSettings.tsx";

/** What is open, with all that can be set about it. */
export const SettingsPane = ({ verbs }: { verbs: QuestionVerbs }) => {
  const t = useTexts(builderTexts);
  const { mayWrite } = useDraft();
  return (
    <section aria-label={t("settings")}>
      <fieldset className={classes.settings} disabled={!mayWrite}>
        <legend className="sr-only">{mayWrite ? t("settings") : t("readOnly")}</legend>
        <Opened verbs={verbs} />
      </fieldset>
    </section>
  );
};

const Opened = ({ verbs }: { verbs: QuestionVerbs }) => {
  const { definition, place } = useDraft();
  const question = definition.questions.find(({ id }) => id === idIn(place, "question"));
  const ending = definition.endings?.find(({ id }) => id === idIn(place, "ending"));
  if (question !== undefined) return <QuestionSettings question={question} verbs={verbs} />;
  if (ending !== undefined) return <EndingSettings ending={ending} onRemove={() => verbs.removeEnding(ending.id)} />;
  switch (place) {
    case "thanks":
      return <ThanksSettings />;
    case "look":
      return <ThemeSettings />;
    case "languages":
      return <LanguageSettings />;
    case "calculations":
      return <CalculationSettings onRemove={verbs.removeCalculation} />;
    case "quotas":
      return <QuotaSettings />;
    case "order":
      return <OrderSettings />;
    default:
      return <SurveyWords />;
  }
};
