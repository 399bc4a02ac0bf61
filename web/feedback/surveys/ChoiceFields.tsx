import type { Question, QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { Select, Switch } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { NumberField } from "./NumberField.tsx";
import { OptionList } from "./OptionList.tsx";
import { WordsField } from "./WordsField.tsx";

type Choice = QuestionOf<"single" | "multi" | "dropdown" | "ranking" | "picture" | "constant_sum">;
// Kinds that have the same options and can become each other without losing anything.
const SIMILAR = ["single", "multi", "dropdown", "ranking"] as const;

/** Options to choose from, their order, and how many may be chosen. */
export const ChoiceFields = ({ question }: { question: Choice }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  const hasOther = question.type === "single" || question.type === "multi" || question.type === "dropdown";
  return (
    <>
      {question.type !== "picture" && question.type !== "constant_sum" && (
        <Select label={t("answersAs")} value={question.type} allowDeselect={false} data={SIMILAR.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => put(asKind(question, SIMILAR.find((one) => one === value) ?? question.type))} />
      )}
      <OptionList label={t("options")} options={question.options} limit={200} canHaveOther={hasOther} canHaveNone={question.type === "multi"} hasPictures={question.type === "picture"}
        questionId={question.id} onChange={(options) => put({ ...question, options })} />
      <Switch label={t("randomOptions")} checked={question.order === "random"} onChange={(event) => put({ ...question, order: event.currentTarget.checked ? "random" : undefined })} />
      {question.type === "multi" && (
        <div className={classes.pair}>
          <NumberField label={t("choicesMin")} value={question.minChoices} min={0} max={200} isWhole onChange={(minChoices) => put({ ...question, minChoices })} />
          <NumberField label={t("choicesMax")} value={question.maxChoices} min={1} max={200} isWhole onChange={(maxChoices) => put({ ...question, maxChoices })} />
        </div>
      )}
      {question.type === "picture" && (
        <Switch label={t("isMultiple")} checked={question.isMultiple === true} onChange={(event) => put({ ...question, isMultiple: event.currentTarget.checked || undefined })} />
      )}
      {question.type === "constant_sum" && (
        <div className={classes.pair}>
          <NumberField label={t("total")} value={question.total} min={0.001} max={1e6} isRequired onChange={(total) => put({ ...question, total })} />
          <WordsField label={t("unit")} placeholder={t("pointsExample")} text={question.unit} onChange={(unit) => put({ ...question, unit: orNothing(unit) })} />
        </div>
      )}
    </>
  );
};

const asKind = (question: QuestionOf<"single" | "multi" | "dropdown" | "ranking">, type: (typeof SIMILAR)[number]): Question => {
  const { id, title, hint, spoken, isRequired, showIf, showIfMatch, branches, options, order } = question;
  return { type, id, title, hint, spoken, isRequired, showIf, showIfMatch, branches, options, order };
};
