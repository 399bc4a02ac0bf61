import { NumberInput, Switch, TextInput, Textarea } from "@mantine/core";
import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { useTexts } from "../../ui/texts.ts";
import { ConditionList } from "./ConditionList.tsx";
import { withOptionalWords, withWords } from "./draft.rules.ts";
import { OptionList } from "./OptionList.tsx";
import classes from "./SurveyBuilderScreen.module.css";
import type { Question } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type QuestionEditorProps = {
  question: Question;
  earlier: readonly Question[];
  language: string;
  languages: readonly string[];
  onChange: (question: Question) => void;
};

/** One question: its words, what may be answered, and when it is shown. */
export const QuestionEditor = ({ question, earlier, language, languages, onChange }: QuestionEditorProps) => {
  const t = useTexts(surveysTexts);
  return (
    <>
      <Textarea label={t("questionText")} autosize minRows={1} maxLength={2000} value={question.title[language] ?? ""}
        onChange={(event) => onChange({ ...question, title: withWords(question.title, language, event.currentTarget.value) })} />
      <TextInput label={t("hint")} maxLength={2000} value={question.hint?.[language] ?? ""}
        onChange={(event) => onChange({ ...question, hint: withOptionalWords(question.hint, language, event.currentTarget.value) })} />
      <KindFields question={question} language={language} onChange={onChange} />
      <Switch label={t("required")} checked={question.isRequired} onChange={(event) => onChange({ ...question, isRequired: event.currentTarget.checked })} />
      {earlier.length > 0 && (
        <ConditionList conditions={question.showIf ?? []} earlier={earlier} language={language} languages={languages}
          onChange={(showIf) => onChange({ ...question, showIf })} />
      )}
    </>
  );
};

type KindFieldsProps = Pick<QuestionEditorProps, "question" | "language" | "onChange">;

const KindFields = ({ question, language, onChange }: KindFieldsProps) => {
  const t = useTexts(surveysTexts);
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces": {
      const words = pageTextsIn(language);
      return (
        <div className={classes.pair}>
          <TextInput label={t("low")} placeholder={words[`${question.type}Low`]} maxLength={2000} value={question.low?.[language] ?? ""}
            onChange={(event) => onChange({ ...question, low: withOptionalWords(question.low, language, event.currentTarget.value) })} />
          <TextInput label={t("high")} placeholder={words[`${question.type}High`]} maxLength={2000} value={question.high?.[language] ?? ""}
            onChange={(event) => onChange({ ...question, high: withOptionalWords(question.high, language, event.currentTarget.value) })} />
        </div>
      );
    }
    case "single":
      return <OptionList options={question.options} language={language} onChange={(options) => onChange({ ...question, options })} />;
    case "multi":
      return (
        <>
          <OptionList options={question.options} language={language} onChange={(options) => onChange({ ...question, options })} />
          <NumberInput label={t("choicesMax")} w={120} min={1} max={50} allowDecimal={false} value={question.maxChoices ?? ""}
            onChange={(value) => onChange({ ...question, maxChoices: typeof value === "number" && value >= 1 ? Math.min(50, Math.round(value)) : undefined })} />
        </>
      );
    case "text":
      return <Switch label={t("isLong")} checked={question.isLong ?? true} onChange={(event) => onChange({ ...question, isLong: event.currentTarget.checked })} />;
    default:
      return null;
  }
};
