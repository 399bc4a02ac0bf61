import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { spokenQuestion } from "@firsthand/server/feedback/surveys/spoken.rules";
import { IconPhoneOff } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Preview.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { withNamedPlaces } from "./places.rules.ts";

/** What a voice says on the phone, question by question, and what cannot be asked by it. */
export const SpokenPreview = () => {
  const t = useTexts(builderTexts);
  const { definition, language, say, open } = useDraft();
  const name = (place: string): string => `[${place}]`;
  const spoken = definition.questions.map((question) => ({ question, spoken: spokenQuestion(question, language, definition.languages, (text) => withNamedPlaces(text, name)) }));
  const unfit = spoken.filter((one) => one.spoken.input === "unfit").length;
  return (
    <div className={classes.room}>
      {unfit > 0 && <p className={classes.unfit}><IconPhoneOff size={15} aria-hidden /> {t("unfitCount", { count: unfit })}</p>}
      <ol className={classes.script} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>
        {definition.intro !== undefined && <li className={classes.said}><p>{withNamedPlaces(say(definition.intro), name)}</p></li>}
        {spoken.map(({ question, spoken: { say: words, input } }, index) => (
          <li key={question.id} className={input === "unfit" ? classes.silent : classes.said}>
            <button type="button" className={classes.jump} onClick={() => open(`question ${question.id}`)}>{index + 1}</button>
            <p>{words || t("untitled")}</p>
            <span className="quiet">{t(input === "unfit" ? "unfit" : `answeredBy_${input}`)}</span>
          </li>
        ))}
        <li className={classes.said}><p>{withNamedPlaces([say(definition.thanks.title), say(definition.thanks.text)].filter((words) => words !== "").join(" "), name)}</p></li>
      </ol>
    </div>
  );
};
