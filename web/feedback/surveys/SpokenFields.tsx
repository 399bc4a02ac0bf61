import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { spokenQuestion } from "@firsthand/server/feedback/surveys/spoken.rules";
import { IconPhoneOff } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { WordsField } from "./WordsField.tsx";

/** What a voice says instead of the written question, and how the whole then sounds. */
export const SpokenFields = ({ question }: { question: Question }) => {
  const t = useTexts(builderTexts);
  const { definition, language, put, say } = useDraft();
  const spoken = spokenQuestion(question, language, definition.languages);
  return (
    <>
      <WordsField label={t("spoken")} help={t("spokenHelp")} text={question.spoken} placeholder={say(question.title)} onChange={(words) => put({ ...question, spoken: orNothing(words) })} canInsert isFirst />
      {spoken.input === "unfit" ? (
        <p className={classes.unfit}><IconPhoneOff size={15} aria-hidden /> {t("unfit")}</p>
      ) : (
        <blockquote className={classes.said} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>{spoken.say}</blockquote>
      )}
      {spoken.input !== "unfit" && <p className="quiet">{t(`answeredBy_${spoken.input}`)}</p>}
    </>
  );
};
