import { ActionIcon, Autocomplete, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { operatorWord } from "./condition-words.ts";
import { conditionKinds, startCondition } from "./conditions.rules.ts";
import { type SegmentCondition, useLists, useRuleSuggestions } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

type ConditionFieldsProps = { condition: SegmentCondition; number: number; isReadOnly: boolean; onChange: (condition: SegmentCondition) => void; onRemove: () => void };
type Of<Kind extends SegmentCondition["kind"]> = { condition: Extract<SegmentCondition, { kind: Kind }>; isReadOnly: boolean; onChange: (condition: SegmentCondition) => void };

/** One condition: what it is about, and what must be so. */
export const ConditionFields = ({ condition, number, isReadOnly, onChange, onRemove }: ConditionFieldsProps) => {
  const t = useTexts(segmentsTexts);
  const kinds = conditionKinds.map((kind) => ({ value: kind, label: t(kind === "list" ? "listMembership" : kind) }));
  return (
    <div className={classes.condition} role="group" aria-label={t("condition", { number })}>
      <Select aria-label={t("what")} data={kinds} value={condition.kind} allowDeselect={false} disabled={isReadOnly}
        onChange={(chosen) => {
          const kind = conditionKinds.find((one) => one === chosen);
          if (kind !== undefined && kind !== condition.kind) onChange(startCondition(kind));
        }} />
      <div className={classes.details}>
        <Details condition={condition} isReadOnly={isReadOnly} onChange={onChange} />
      </div>
      {!isReadOnly && (
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("removeCondition", { number })} onClick={onRemove}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
};

const Details = ({ condition, isReadOnly, onChange }: Omit<ConditionFieldsProps, "number" | "onRemove">) => {
  switch (condition.kind) {
    case "trait": return <TraitFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "identifier": return <IdentifierFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "seen": return <SeenFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "interactions": return <InteractionsFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "touchpoint": return <TouchpointFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "score": return <ScoreFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    case "list": return <ListFields condition={condition} isReadOnly={isReadOnly} onChange={onChange} />;
    default: return condition satisfies never;
  }
};

const operators = ["is", "is_not", "contains", "starts_with", "more_than", "less_than", "before", "after", "known", "unknown"] as const;

const TraitFields = ({ condition, isReadOnly, onChange }: Of<"trait">) => {
  const t = useTexts(segmentsTexts);
  const names = useRuleSuggestions().data?.traits ?? [];
  const isDate = condition.operator === "before" || condition.operator === "after";
  return (
    <>
      <Autocomplete aria-label={t("traitName")} placeholder={t("traitName")} data={names} value={condition.name} maxLength={100} disabled={isReadOnly} onChange={(name) => onChange({ ...condition, name })} />
      <Choice label={t("operator")} isReadOnly={isReadOnly} options={operators.map((operator) => ({ value: operator, label: operatorWord(operator, t) }))} value={condition.operator}
        onChange={(operator) => onChange({ ...condition, operator })} />
      {condition.operator !== "known" && condition.operator !== "unknown" && (
        <TextInput type={isDate ? "date" : "text"} aria-label={t("value")} placeholder={t("value")} value={condition.value} maxLength={500} disabled={isReadOnly}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })} />
      )}
    </>
  );
};

const IdentifierFields = ({ condition, isReadOnly, onChange }: Of<"identifier">) => {
  const t = useTexts(segmentsTexts);
  return (
    <>
      <Choice label={t("identifier")} isReadOnly={isReadOnly} options={(["email", "phone", "user", "external", "anonymous"] as const).map((kind) => ({ value: kind, label: t(kind) }))} value={condition.identifier}
        onChange={(identifier) => onChange({ ...condition, identifier })} />
      <YesNo label={t("operator")} yes={t("present")} no={t("absent")} isReadOnly={isReadOnly} value={condition.isPresent} onChange={(isPresent) => onChange({ ...condition, isPresent })} />
    </>
  );
};

const SeenFields = ({ condition, isReadOnly, onChange }: Of<"seen">) => {
  const t = useTexts(segmentsTexts);
  return (
    <>
      <Choice label={t("seen")} isReadOnly={isReadOnly} options={(["first", "last"] as const).map((which) => ({ value: which, label: t(which) }))} value={condition.which} onChange={(which) => onChange({ ...condition, which })} />
      <Choice label={t("operator")} isReadOnly={isReadOnly} options={(["within", "not_within"] as const).map((operator) => ({ value: operator, label: t(operator) }))} value={condition.operator}
        onChange={(operator) => onChange({ ...condition, operator })} />
      <Amount label={t("days")} after={t("daysAfter")} value={condition.days} min={1} max={3650} isReadOnly={isReadOnly} onChange={(days) => onChange({ ...condition, days: days ?? 1 })} />
    </>
  );
};

const InteractionsFields = ({ condition, isReadOnly, onChange }: Of<"interactions">) => {
  const t = useTexts(segmentsTexts);
  const names = useRuleSuggestions().data?.interactions ?? [];
  return (
    <>
      <Choice label={t("operator")} isReadOnly={isReadOnly} options={(["at_least", "at_most"] as const).map((operator) => ({ value: operator, label: t(operator) }))} value={condition.operator}
        onChange={(operator) => onChange({ ...condition, operator })} />
      <Amount label={t("times")} after={t("timesAfter")} value={condition.count} min={0} max={100_000} isReadOnly={isReadOnly} onChange={(count) => onChange({ ...condition, count: count ?? 0 })} />
      <Autocomplete aria-label={t("eventName")} placeholder={t("eventName")} title={t("eventHint")} data={names} value={condition.name ?? ""} maxLength={200} disabled={isReadOnly}
        onChange={(name) => onChange({ ...condition, name: name.trim() === "" ? null : name })} />
      <Amount label={t("daysEver")} before={t("daysBefore")} after={t("daysAfter")} value={condition.days} min={1} max={3650} isReadOnly={isReadOnly} onChange={(days) => onChange({ ...condition, days })} />
    </>
  );
};

const TouchpointFields = ({ condition, isReadOnly, onChange }: Of<"touchpoint">) => {
  const t = useTexts(segmentsTexts);
  const { touchpoints = [], interactions = [] } = useRuleSuggestions().data ?? {};
  return (
    <>
      <YesNo label={t("operator")} yes={t("met")} no={t("notMet")} isReadOnly={isReadOnly} value={condition.isMet} onChange={(isMet) => onChange({ ...condition, isMet })} />
      <Autocomplete aria-label={t("touchpointName")} placeholder={t("touchpointName")} title={t("eventHint")} data={[...new Set([...touchpoints, ...interactions])]} value={condition.touchpoint} maxLength={200}
        disabled={isReadOnly} onChange={(touchpoint) => onChange({ ...condition, touchpoint })} />
      <Amount label={t("daysEver")} before={t("daysBefore")} after={t("daysAfter")} value={condition.days} min={1} max={3650} isReadOnly={isReadOnly} onChange={(days) => onChange({ ...condition, days })} />
    </>
  );
};

const ScoreFields = ({ condition, isReadOnly, onChange }: Of<"score">) => {
  const t = useTexts(segmentsTexts);
  return (
    <>
      <Choice label={t("scoreKind")} isReadOnly={isReadOnly} options={(["nps", "csat", "ces", "stars", "rating"] as const).map((score) => ({ value: score, label: t(score) }))} value={condition.score}
        onChange={(score) => onChange({ ...condition, score })} />
      <Amount label={t("from")} before={t("fromBefore")} value={condition.from} min={-1000} max={1000} isReadOnly={isReadOnly} onChange={(from) => onChange({ ...condition, from: from ?? 0 })} />
      <Amount label={t("to")} before={t("toBefore")} value={condition.to} min={-1000} max={1000} isReadOnly={isReadOnly} onChange={(to) => onChange({ ...condition, to: to ?? 0 })} />
      <Amount label={t("daysEver")} before={t("daysBefore")} after={t("daysAfter")} value={condition.days} min={1} max={3650} isReadOnly={isReadOnly} onChange={(days) => onChange({ ...condition, days })} />
    </>
  );
};

const ListFields = ({ condition, isReadOnly, onChange }: Of<"list">) => {
  const t = useTexts(segmentsTexts);
  const lists = useLists();
  return (
    <>
      <YesNo label={t("operator")} yes={t("onList")} no={t("notOnList")} isReadOnly={isReadOnly} value={condition.isMember} onChange={(isMember) => onChange({ ...condition, isMember })} />
      <Select aria-label={t("chooseList")} placeholder={lists.isSuccess && lists.data.items.length === 0 ? t("noLists") : t("chooseList")} disabled={isReadOnly}
        data={(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name }))} value={condition.segmentId || null} onChange={(segmentId) => onChange({ ...condition, segmentId: segmentId ?? "" })} />
    </>
  );
};

type ChoiceProps<Value extends string> = { label: string; options: readonly { value: Value; label: string }[]; value: Value; isReadOnly: boolean; onChange: (value: Value) => void };

const Choice = <Value extends string>({ label, options, value, isReadOnly, onChange }: ChoiceProps<Value>) => (
  <Select aria-label={label} data={[...options]} value={value} allowDeselect={false} disabled={isReadOnly}
    onChange={(chosen) => {
      const option = options.find((one) => one.value === chosen);
      if (option !== undefined) onChange(option.value);
    }} />
);

const YesNo = ({ label, yes, no, value, isReadOnly, onChange }: { label: string; yes: string; no: string; value: boolean; isReadOnly: boolean; onChange: (value: boolean) => void }) => (
  <Choice label={label} isReadOnly={isReadOnly} options={[{ value: "yes", label: yes }, { value: "no", label: no }]} value={value ? "yes" : "no"} onChange={(chosen) => onChange(chosen === "yes")} />
);

type AmountProps = { label: string; before?: string; after?: string; value: number | null; min: number; max: number; isReadOnly: boolean; onChange: (value: number | null) => void };

// What the number counts stands in the field: a bare number says nothing to whoever reads the rule later.
const Amount = ({ label, before = "", after = "", value, min, max, isReadOnly, onChange }: AmountProps) => (
  <NumberInput aria-label={label} placeholder={label} title={label} prefix={before} suffix={after} value={value ?? ""} min={min} max={max} clampBehavior="strict" hideControls disabled={isReadOnly} className={classes.amount}
    onChange={(next) => onChange(next === "" ? null : Math.max(min, Number(next)))} />
);
