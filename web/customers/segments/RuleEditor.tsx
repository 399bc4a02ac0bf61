import { Button, Group, Select } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import { ConditionFields } from "./ConditionFields.tsx";
import { startCondition, withPart } from "./conditions.rules.ts";
import type { SegmentGroup, SegmentRule } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

type RuleEditorProps = { rule: SegmentRule; isReadOnly: boolean; onChange: (rule: SegmentRule) => void };
const PARTS_MAX = 20;

/** The rule of a live segment: conditions, and groups of them one level deep. */
export const RuleEditor = ({ rule, isReadOnly, onChange }: RuleEditorProps) => {
  const t = useTexts(segmentsTexts);
  const isFull = rule.conditions.length >= PARTS_MAX;
  return (
    <div className={classes.rule}>
      <Group gap="sm" align="flex-end">
        <Select label={t("who")} data={[{ value: "known", label: t("known") }, { value: "all", label: t("all") }]} value={rule.who} allowDeselect={false} disabled={isReadOnly}
          onChange={(who) => onChange({ ...rule, who: who === "all" ? "all" : "known" })} />
        <MatchChoice label={t("match")} value={rule.match} isReadOnly={isReadOnly} onChange={(match) => onChange({ ...rule, match })} />
      </Group>
      {rule.conditions.length === 0 && <p className="quiet">{t("everybody")}</p>}
      {rule.conditions.map((part, index) =>
        part.kind === "group" ? (
          <GroupFields key={index} group={part} number={index + 1} isReadOnly={isReadOnly} onChange={(next) => onChange(withPart(rule, index, next))} />
        ) : (
          <ConditionFields key={index} condition={part} number={index + 1} isReadOnly={isReadOnly} onChange={(next) => onChange(withPart(rule, index, next))} onRemove={() => onChange(withPart(rule, index, null))} />
        ))}
      {!isReadOnly && (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" disabled={isFull} onClick={() => onChange({ ...rule, conditions: [...rule.conditions, startCondition("trait")] })}>{t("addCondition")}</Button>
          <Button variant="default" size="compact-sm" disabled={isFull} onClick={() => onChange({ ...rule, conditions: [...rule.conditions, { kind: "group", match: "any", conditions: [startCondition("trait")] }] })}>{t("addGroup")}</Button>
        </Group>
      )}
    </div>
  );
};

type GroupFieldsProps = { group: SegmentGroup; number: number; isReadOnly: boolean; onChange: (group: SegmentGroup | null) => void };

const GroupFields = ({ group, number, isReadOnly, onChange }: GroupFieldsProps) => {
  const t = useTexts(segmentsTexts);
  const { conditions } = group;
  return (
    <fieldset className={classes.group}>
      <legend>{t("group", { number })}</legend>
      <MatchChoice label={t("match")} value={group.match} isReadOnly={isReadOnly} onChange={(match) => onChange({ ...group, match })} />
      {conditions.map((condition, index) => (
        <ConditionFields key={index} condition={condition} number={index + 1} isReadOnly={isReadOnly}
          onChange={(next) => onChange({ ...group, conditions: conditions.toSpliced(index, 1, next) })}
          onRemove={() => onChange(conditions.length === 1 ? null : { ...group, conditions: conditions.toSpliced(index, 1) })} />
      ))}
      {!isReadOnly && (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" disabled={conditions.length >= PARTS_MAX} onClick={() => onChange({ ...group, conditions: [...conditions, startCondition("trait")] })}>{t("addCondition")}</Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>{t("removeGroup", { number })}</Button>
        </Group>
      )}
    </fieldset>
  );
};

const MatchChoice = ({ label, value, isReadOnly, onChange }: { label: string; value: "all" | "any"; isReadOnly: boolean; onChange: (match: "all" | "any") => void }) => {
  const t = useTexts(segmentsTexts);
  return (
    <Select label={label} data={[{ value: "all", label: t("matchAll") }, { value: "any", label: t("matchAny") }]} value={value} allowDeselect={false} disabled={isReadOnly}
      onChange={(match) => onChange(match === "any" ? "any" : "all")} />
  );
};
