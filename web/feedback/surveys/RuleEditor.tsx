import type { Condition } from "@firsthand/server/feedback/surveys/definition.contract";
import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { ConditionRow } from "./ConditionRow.tsx";
import { conditionOn, type Subject } from "./condition-choices.rules.ts";

type Rule = { conditions: Condition[]; match?: "all" | "any" | undefined };
type RuleEditorProps = {
  /** "Show when", "Go there when": the beginning of the sentence. */
  label: string;
  /** What holds while there is no condition. */
  whenNone: string;
  subjects: readonly Subject[];
  rule: Rule;
  onChange: (rule: Rule) => void;
};

/** Conditions read as one sentence: "Show when all of these hold: 1. How likely …, is at most, 6". */
export const RuleEditor = ({ label, whenNone, subjects, rule, onChange }: RuleEditorProps) => {
  const t = useTexts(builderTexts);
  const { conditions, match } = rule;
  // The nearest earlier answer is what is meant most often.
  const likely = subjects.findLast(({ kind }) => kind === "question") ?? subjects[0];
  return (
    <div className={classes.rule} role="group" aria-label={label}>
      <div className={classes.ruleHead}>
        <span className={classes.label}>{label}</span>
        {conditions.length > 1 && (
          <SegmentedControl size="xs" aria-label={t("match")} value={match ?? "all"} data={[{ value: "all", label: t("matchAll") }, { value: "any", label: t("matchAny") }]}
            onChange={(value) => onChange({ conditions, match: value === "any" ? "any" : undefined })} />
        )}
      </div>
      {conditions.length === 0 && <p className="quiet">{whenNone}</p>}
      {conditions.map((condition, index) => (
        <ConditionRow key={index} condition={condition} subjects={subjects} number={index + 1}
          onChange={(next) => onChange({ conditions: next === null ? conditions.toSpliced(index, 1) : conditions.toSpliced(index, 1, next), match })} />
      ))}
      {likely !== undefined && conditions.length < 10 && (
        <Button variant="subtle" size="compact-sm" className={classes.start} leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange({ conditions: [...conditions, conditionOn(likely)], match })}>{t("addCondition")}</Button>
      )}
    </div>
  );
};
