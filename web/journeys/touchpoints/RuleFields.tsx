import { ActionIcon, Button, Select, TagsInput, TextInput } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { useEntries } from "../places/places.data.ts";
import { saysSomething } from "./draft.rules.ts";
import classes from "./TouchpointEditor.module.css";
import type { MatchingRule, PropertyCondition } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

const types = ["track", "page", "screen", "call", "visit", "response"];
const channels = ["web", "app", "store", "email", "phone", "chat", "courier"];
const operators = ["is", "is_not", "contains", "starts_with", "exists", "missing", "more_than", "less_than"] as const;

type RuleFieldsProps = { rule: MatchingRule; number: number; onChange: (rule: MatchingRule) => void; onRemove: () => void };

/** One rule: all of its conditions must hold. */
export const RuleFields = ({ rule, number, onChange, onRemove }: RuleFieldsProps) => {
  const t = useTexts(touchpointsTexts);
  const properties = rule.properties ?? [];
  const registered = useEntries("channel").data?.items ?? [];
  return (
    <fieldset className={classes.rule}>
      <legend>{t("rule", { number })}</legend>
      <ActionIcon className={classes.removeRule} variant="subtle" color="gray" size={28} aria-label={t("removeRule", { number })} onClick={onRemove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
      <TagsInput label={t("names")} description={t("namesHelp")} value={rule.names ?? []} onChange={(names) => onChange({ ...rule, names })} maxTags={50} acceptValueOnBlur />
      <TagsInput label={t("pages")} description={t("pagesHelp")} value={rule.pages ?? []} onChange={(pages) => onChange({ ...rule, pages })} maxTags={50} acceptValueOnBlur />
      <div className={classes.pair}>
        <TagsInput label={t("types")} data={types} value={rule.types ?? []} onChange={(chosen) => onChange({ ...rule, types: chosen })} maxTags={20} acceptValueOnBlur />
        <TagsInput label={t("channels")} data={[...new Set([...registered.map(({ name }) => name), ...channels])]} value={rule.channels ?? []} onChange={(chosen) => onChange({ ...rule, channels: chosen })} maxTags={20} acceptValueOnBlur />
      </div>
      {properties.map((condition, index) => (
        <PropertyFields key={index} condition={condition} number={index + 1}
          onChange={(next) => onChange({ ...rule, properties: properties.toSpliced(index, 1, next) })}
          onRemove={() => onChange({ ...rule, properties: properties.toSpliced(index, 1) })} />
      ))}
      <div>
        <Button variant="default" size="compact-sm" disabled={properties.length >= 20}
          onClick={() => onChange({ ...rule, properties: [...properties, { field: "", operator: "is", value: "" }] })}>
          {t("addProperty")}
        </Button>
      </div>
      {!saysSomething(rule) && <p className="quiet">{t("emptyRule")}</p>}
    </fieldset>
  );
};

type PropertyFieldsProps = { condition: PropertyCondition; number: number; onChange: (condition: PropertyCondition) => void; onRemove: () => void };

const PropertyFields = ({ condition, number, onChange, onRemove }: PropertyFieldsProps) => {
  const t = useTexts(touchpointsTexts);
  const hasValue = condition.operator !== "exists" && condition.operator !== "missing";
  const choose = (name: string | null): void => {
    const operator = operators.find((one) => one === name);
    if (operator !== undefined) onChange({ ...condition, operator });
  };
  return (
    <div className={classes.condition}>
      <TextInput aria-label={`${t("field")} ${number}`} placeholder={t("fieldPlaceholder")} value={condition.field}
        onChange={(event) => onChange({ ...condition, field: event.currentTarget.value })} />
      <Select aria-label={`${t("operator")} ${number}`} value={condition.operator} allowDeselect={false}
        data={operators.map((operator) => ({ value: operator, label: t(operator) }))} onChange={choose} />
      {hasValue && (
        <TextInput aria-label={`${t("value")} ${number}`} placeholder={t("value")} value={condition.value}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })} />
      )}
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("removeProperty", { number })} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
};
