import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { Select } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { WordsField } from "./WordsField.tsx";

/** Words at both ends of a scale. */
export const ScaleEnds = ({ question }: { question: QuestionOf<"nps" | "csat" | "ces" | "rating" | "slider"> }) => {
  const t = useTexts(builderTexts);
  const { language, put } = useDraft();
  const words = pageTextsIn(language);
  const usual = question.type === "rating" || question.type === "slider" ? null : question.type;
  return (
    <div className={classes.pair}>
      <WordsField label={t("low")} placeholder={usual === null ? "" : words[`${usual}Low`]} text={question.low} onChange={(low) => put({ ...question, low: orNothing(low) })} />
      <WordsField label={t("high")} placeholder={usual === null ? "" : words[`${usual}High`]} text={question.high} onChange={(high) => put({ ...question, high: orNothing(high) })} />
    </div>
  );
};

const LOOKS = ["numbers", "stars", "smileys", "words"] as const;

/** How a scale looks and, for a rating of its own, where it begins and ends. */
export const RatingFields = ({ question }: { question: QuestionOf<"csat" | "rating"> }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  const chooseLook = (value: string | null): void => {
    const look = LOOKS.find((one) => one === value);
    put({ ...question, look: look === "numbers" ? undefined : look });
  };
  return (
    <>
      <Select label={t("scaleLook")} value={question.look ?? "numbers"} allowDeselect={false} data={LOOKS.map((value) => ({ value, label: t(`look_${value}`) }))} onChange={chooseLook} />
      {question.type === "rating" && (
        <div className={classes.pair}>
          <Select label={t("from")} value={String(question.min)} allowDeselect={false} data={["0", "1"]} onChange={(min) => put({ ...question, min: Number(min) })} />
          <Select label={t("to")} value={String(question.max)} allowDeselect={false} data={["2", "3", "4", "5", "6", "7", "8", "9", "10"]} onChange={(max) => put({ ...question, max: Number(max) })} />
        </div>
      )}
      <ScaleEnds question={question} />
    </>
  );
};
