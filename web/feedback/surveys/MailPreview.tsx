import { scaleOf } from "@firsthand/server/feedback/surveys/answers.rules";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { inkOn } from "@firsthand/server/feedback/surveys/theme.rules";
import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Preview.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { withNamedPlaces } from "./places.rules.ts";
import type { Question } from "./surveys.data.ts";

const EXAMPLE_LINK = "https://…/s/…";

/** The first question inside a mail, as buttons and as plain text. */
export const MailPreview = () => {
  const t = useTexts(builderTexts);
  const { definition, language, say, name } = useDraft();
  const [kind, setKind] = useState("html");
  const question = definition.questions.find(({ type }) => type !== "statement");
  const words = (text: Parameters<typeof say>[0]): string => withNamedPlaces(say(text), (place) => `[${place}]`);
  const choices = question === undefined ? [] : choicesOf(question, say);
  const page = pageTextsIn(language);
  const { accent, background = "#ffffff", ink = inkOn(background) } = definition.theme;
  const low = question !== undefined && "low" in question ? words(question.low) : "";
  const high = question !== undefined && "high" in question ? words(question.high) : "";
  const plain = [
    words(definition.title), words(definition.intro), question === undefined ? "" : words(question.title),
    ...(choices.length === 0 ? [`${page.continueTo}: ${EXAMPLE_LINK}`] : choices.map(({ label, value }) => `${label}: ${EXAMPLE_LINK}?a=${value}`)),
  ].filter((line) => line !== "").join("\n\n");
  return (
    <div className={classes.room}>
      <SegmentedControl size="xs" aria-label={t("mailAs")} value={kind} onChange={setKind} data={[{ value: "html", label: t("mailHtml") }, { value: "plain", label: t("mailPlain") }]} />
      <div className={classes.mail}>
        <p className={classes.mailHead}><span className="quiet">{t("subject")}</span> <strong>{words(definition.title) || name}</strong></p>
        {kind === "plain" ? <pre className={classes.plain} tabIndex={0} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"}>{plain}</pre> : (
          <div className={classes.mailBody} lang={language} dir={isRightToLeft(language) ? "rtl" : "ltr"} style={{ background, color: ink }}>
            <p>{words(definition.intro)}</p>
            {question === undefined ? <p>{t("noQuestions")}</p> : (
              <>
                <p className={classes.mailQuestion}>{words(question.title)}</p>
                <div className={classes.mailScale}>
                  <div className={classes.mailButtons}>
                    {choices.length === 0 ? <span className={classes.mailButton} style={{ background: accent, color: inkOn(accent) }}>{page.continueTo}</span>
                      : choices.map(({ label, value }) => <span key={value} className={classes.mailButton} style={{ borderColor: accent, color: accent }}>{label}</span>)}
                  </div>
                  {(low !== "" || high !== "") && <p className={classes.mailEnds}><span>{low}</span><span>{high}</span></p>}
                </div>
              </>
            )}
          </div>
        )}
      </div>
      <p className="quiet">{choices.length === 0 ? t("mailButtonOnly") : t("mailHelp")}</p>
    </div>
  );
};

/** What can be answered by one click in a mail: scales and short lists of choices. */
const choicesOf = (question: Question, say: ReturnType<typeof useDraft>["say"]): { value: string; label: string }[] => {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      return Array.from({ length: max - min + 1 }, (_, index) => ({ value: String(min + index), label: String(min + index) }));
    }
    case "single":
      return question.options.length > 8 ? [] : question.options.map(({ id, label }) => ({ value: id, label: say(label) || id }));
    default:
      return [];
  }
};
