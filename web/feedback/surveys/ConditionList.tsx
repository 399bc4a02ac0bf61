import type { Condition } from "@firsthand/server/feedback/surveys/definition.contract";
import { scaleOf } from "@firsthand/server/feedback/surveys/answers.rules";
import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./SurveyBuilderScreen.module.css";
import type { Question } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type Operator = Condition["operator"];
const SCALE_OPERATORS: readonly Operator[] = ["at_least", "at_most", "is", "is_not", "answered", "not_answered"];
const CHOICE_OPERATORS: readonly Operator[] = ["is", "is_not", "answered", "not_answered"];
const TEXT_OPERATORS: readonly Operator[] = ["answered", "not_answered"];

type ConditionListProps = {
  conditions: readonly Condition[];
  earlier: readonly Question[];
  language: string;
  languages: readonly string[];
  onChange: (conditions: Condition[] | undefined) => void;
};

/** When a question is shown: all conditions must hold, each about an earlier answer. */
export const ConditionList = ({ conditions, earlier, language, languages, onChange }: ConditionListProps) => {
  const t = useTexts(surveysTexts);
  const put = (index: number, next: Condition | null): void => {
    const list = next === null ? conditions.toSpliced(index, 1) : conditions.toSpliced(index, 1, next);
    onChange(list.length === 0 ? undefined : list);
  };
  const last = earlier.at(-1);
  return (
    <div className={classes.conditions}>
      <p className={classes.label}>{t("showOnlyIf")}</p>
      {conditions.length === 0 && <p className="quiet">{t("always")}</p>}
      {conditions.map((condition, index) => (
        <ConditionRow key={index} {...{ condition, earlier, language, languages }} onChange={(next) => put(index, next)} />
      ))}
      {last !== undefined && conditions.length < 10 && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => onChange([...conditions, { questionId: last.id, operator: "answered" }])}>{t("addCondition")}</Button>
        </div>
      )}
    </div>
  );
};

type ConditionRowProps = Omit<ConditionListProps, "conditions" | "onChange"> & { condition: Condition; onChange: (next: Condition | null) => void };

const ConditionRow = ({ condition, earlier, language, languages, onChange }: ConditionRowProps) => {
  const t = useTexts(surveysTexts);
  const question = earlier.find((one) => one.id === questionIdOf(condition));
  const operators = operatorsOf(question);
  const values = valuesOf(question, (text) => textIn(text, language, languages));
  const hasValue = condition.operator !== "answered" && condition.operator !== "not_answered";
  const chooseOperator = (name: string | null): void => {
    const operator = operators.find((one) => one === name);
    if (operator !== undefined) onChange({ questionId: questionIdOf(condition), operator, ...(operator.endsWith("answered") || condition.value === undefined ? {} : { value: condition.value }) });
  };
  const chooseValue = (text: string | null): void => {
    if (text !== null) onChange({ ...condition, value: question !== undefined && isScale(question) ? Number(text) : text });
  };
  return (
    <div className={classes.row}>
      <Select aria-label={t("conditionQuestion")} value={questionIdOf(condition)} allowDeselect={false}
        data={earlier.map((one, index) => ({ value: one.id, label: `${index + 1} ${textIn(one.title, language, languages) || t("untitled")}` }))}
        onChange={(id) => id !== null && onChange({ questionId: id, operator: "answered" })} />
      <Select aria-label={t("conditionOperator")} value={condition.operator} allowDeselect={false}
        data={operators.map((operator) => ({ value: operator, label: t(operator) }))} onChange={chooseOperator} />
      {hasValue && (
        <Select aria-label={t("conditionValue")} placeholder={t("conditionValue")} value={condition.value === undefined ? null : String(condition.value)} allowDeselect={false}
          data={values} onChange={chooseValue} />
      )}
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("removeCondition")} onClick={() => onChange(null)}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
};

const questionIdOf = (condition: Condition): string => ("questionId" in condition ? condition.questionId : "");

const isScale = (question: Question): question is Extract<Question, { type: "nps" | "csat" | "ces" }> =>
  question.type === "nps" || question.type === "csat" || question.type === "ces";

const operatorsOf = (question: Question | undefined): readonly Operator[] => {
  if (question === undefined || question.type === "text") return TEXT_OPERATORS;
  return isScale(question) ? SCALE_OPERATORS : CHOICE_OPERATORS;
};

const valuesOf = (question: Question | undefined, words: (text: Question["title"]) => string): { value: string; label: string }[] => {
  if (question === undefined) return [];
  if (isScale(question)) {
    const { min, max } = scaleOf(question);
    return Array.from({ length: max - min + 1 }, (_, offset) => ({ value: String(min + offset), label: String(min + offset) }));
  }
  return !("options" in question) ? [] : question.options.map((option) => ({ value: option.id, label: words(option.label) || option.id }));
};
