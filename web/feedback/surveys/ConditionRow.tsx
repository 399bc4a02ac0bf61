import type { Condition } from "@firsthand/server/feedback/surveys/definition.contract";
import { languageName } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { conditionOn, type Operator, type Subject, subjectOf, valueFrom, withOperator } from "./condition-choices.rules.ts";
import { useDraft } from "./draft-context.ts";

type ConditionRowProps = { condition: Condition; subjects: readonly Subject[]; number: number; onChange: (condition: Condition | null) => void };

/** One condition in plain words; each list offers only what is possible. */
export const ConditionRow = ({ condition, subjects, number, onChange }: ConditionRowProps) => {
  const t = useTexts(builderTexts);
  const nameOf = useSubjectName();
  const subject = subjectOf(condition, subjects);
  const operators = subject?.operators ?? [condition.operator];
  const hasValue = condition.operator !== "answered" && condition.operator !== "not_answered" && subject !== null && subject.value.kind !== "none";
  const chooseSubject = (key: string | null): void => {
    const next = subjects.find((one) => one.key === key);
    if (next !== undefined && next !== subject) onChange(conditionOn(next));
  };
  const chooseOperator = (name: string | null): void => {
    const operator = operators.find((one) => one === name);
    if (operator !== undefined) onChange(withOperator(condition, operator));
  };
  return (
    <div className={classes.condition} role="group" aria-label={t("conditionNumber", { number })}>
      <Select className={classes.subject} aria-label={t("conditionSubject")} value={subject?.key ?? null} placeholder={t("conditionGone")} error={subject === null ? t("conditionGone") : null}
        allowDeselect={false} searchable={subjects.length > 12} data={useSubjectGroups(subjects, nameOf)} onChange={chooseSubject} />
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("removeCondition", { number })} onClick={() => onChange(null)}><IconX size={14} aria-hidden /></ActionIcon>
      {"trait" in condition && (
        <TextInput className={classes.wide} aria-label={t("traitName")} placeholder="plan" maxLength={80} value={condition.trait}
          onChange={(event) => event.currentTarget.value.trim() !== "" && onChange({ ...condition, trait: event.currentTarget.value.replace(/[{}|]/g, "") })} />
      )}
      <div className={classes.comparison}>
        <Select aria-label={t("conditionOperator")} value={condition.operator} allowDeselect={false} onChange={chooseOperator}
          data={operators.map((operator) => ({ value: operator, label: t(wordFor(operator, subject)) }))} />
        {hasValue && <ConditionValue condition={condition} subject={subject} onChange={onChange} />}
      </div>
    </div>
  );
};

const ConditionValue = ({ condition, subject, onChange }: { condition: Condition; subject: Subject; onChange: (condition: Condition) => void }) => {
  const t = useTexts(builderTexts);
  const { say } = useDraft();
  const take = (typed: string | null): void => {
    const value = valueFrom(typed ?? "", subject, condition.operator);
    const { value: _, ...rest } = condition;
    onChange(value === undefined ? rest : { ...rest, value });
  };
  const shown = condition.value === undefined ? "" : String(condition.value);
  const problem = condition.value === undefined ? t("valueMissing") : null;
  if (subject.value.kind === "choice") {
    const words = (value: string, label: (typeof subject.value.values)[number]["words"]): string => {
      if (typeof label !== "string") return say(label) || value;
      if (subject.name === "language") return languageName(label);
      return label === "yes" || label === "no" ? t(label) : label;
    };
    return (
      <Select aria-label={t("conditionValue")} placeholder={t("choose")} value={shown === "" ? null : shown} error={problem} allowDeselect={false} searchable={subject.value.values.length > 12}
        data={subject.value.values.map(({ value, words: label }) => ({ value, label: words(value, label) }))} onChange={take} />
    );
  }
  const isNumber = subject.value.kind === "number" || condition.operator === "at_least" || condition.operator === "at_most";
  if (isNumber) return <NumberInput aria-label={t("conditionValue")} value={typeof condition.value === "number" ? condition.value : ""} error={problem} onChange={(value) => take(String(value))} />;
  return <TextInput aria-label={t("conditionValue")} value={shown} error={problem} maxLength={200} onChange={(event) => take(event.currentTarget.value)} />;
};

// Several choices "include" one; a trait is "known", a question "answered".
const wordFor = (operator: Operator, subject: Subject | null) => {
  if (subject !== null && subject.kind !== "question" && operator === "answered") return "isKnown";
  return subject !== null && subject.kind !== "question" && operator === "not_answered" ? "isNotKnown" : operator;
};

const useSubjectName = () => {
  const t = useTexts(builderTexts);
  const { definition, say, titleOf } = useDraft();
  return (subject: Subject): string => {
    switch (subject.kind) {
      case "question": {
        const question = definition.questions.find(({ id }) => id === subject.name);
        const [, line] = subject.words;
        return [question === undefined ? subject.name : titleOf(question), ...(line === undefined ? [] : [say(line)])].join(" · ");
      }
      case "calculation":
        return subject.name;
      case "trait":
        return t("aTrait");
      case "fact":
        return t(subject.name === "language" || subject.name === "channel" || subject.name === "touchpoint" || subject.name === "source" ? `fact_${subject.name}` : "fact_campaign");
    }
  };
};

const useSubjectGroups = (subjects: readonly Subject[], nameOf: (subject: Subject) => string) => {
  const t = useTexts(builderTexts);
  const kinds = [["question", t("groupAnswers")], ["calculation", t("calculations")], ["fact", t("groupResponse")], ["trait", t("groupCustomer")]] as const;
  return kinds.map(([kind, group]) => ({ group, items: subjects.filter((subject) => subject.kind === kind).map((subject) => ({ value: subject.key, label: nameOf(subject) })) }))
    .filter(({ items }) => items.length > 0);
};
