import { scaleOf } from "@firsthand/server/feedback/surveys/answers.rules";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Preview.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { withNamedPlaces } from "./places.rules.ts";
import type { Question } from "./surveys.data.ts";

/** The script an interviewer reads out, with what is marked as the answer. */
export const InterviewPreview = () => {
  const t = useTexts(builderTexts);
  const { definition, language, say, open } = useDraft();
  const words = (text: Parameters<typeof say>[0]): string => withNamedPlaces(say(text), (place) => `[${place}]`);
  return (
    <div className={classes.room}>
      <ol className={classes.script} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>
        {definition.intro !== undefined && <li className={classes.said}><p>{words(definition.intro)}</p></li>}
        {definition.questions.map((question, index) => (
          <li key={question.id} className={classes.said}>
            <button type="button" className={classes.jump} onClick={() => open(`question ${question.id}`)}>{index + 1}</button>
            <p>{words(question.spoken) || words(question.title) || t("untitled")}</p>
            {words(question.hint) !== "" && <span className="quiet">{words(question.hint)}</span>}
            <ul className={classes.codes}>{codesOf(question, words).map((code) => <li key={code}>{code}</li>)}</ul>
            {(question.showIf ?? []).length > 0 && <span className="quiet">{t("onlySome")}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
};

const codesOf = (question: Question, words: (text: Question["title"] | undefined) => string): string[] => {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const [low, high] = [words(question.low), words(question.high)];
      return [`${min}${low === "" ? "" : ` = ${low}`} … ${max}${high === "" ? "" : ` = ${high}`}`];
    }
    case "matrix":
      return [question.columns.map(({ label }) => words(label)).join(" · "), ...question.rows.map(({ label }) => words(label))];
    default:
      return "options" in question ? question.options.map(({ id, label }) => words(label) || id) : [];
  }
};
