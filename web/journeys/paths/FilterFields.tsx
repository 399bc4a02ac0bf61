import { Autocomplete, MultiSelect, NumberInput, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { type FilterKind, type NameKind, type PathFilter, timeUnits, type Within } from "./path-filters.ts";
import { useAttributes, useTraitValues } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

/** A filter while it is being written. */
export type FilterDraft = {
  kind: FilterKind;
  names: readonly string[];
  first: string;
  then: string;
  how: "directly" | "later";
  within: number | null;
  unit: Within["unit"];
  name: string;
  times: number;
  value: string;
  id: string;
};

export const draftOf = (kind: FilterKind, filter: PathFilter | null): FilterDraft => {
  const empty: FilterDraft = { kind, names: [], first: "", then: "", how: "later", within: null, unit: "hours", name: "", times: 2, value: "", id: "" };
  if (filter === null) return empty;
  return filter.kind === "follows" ? { ...empty, ...filter, within: filter.within?.count ?? null, unit: filter.within?.unit ?? empty.unit } : { ...empty, ...filter };
};

/** The filter a draft says; null while something is missing. */
export const filterOf = ({ kind, names, first, then, how, within, unit, name, times, value, id }: FilterDraft): PathFilter | null => {
  switch (kind) {
    case "follows":
      return first === "" || then === "" ? null : { kind, first, then, how, within: within === null || within < 1 ? null : { count: Math.round(within), unit } };
    case "repeats":
      return name === "" || times < 2 ? null : { kind, name, times: Math.round(times) };
    case "property":
    case "trait":
      return name.trim() === "" || name.includes("=") || value.trim() === "" ? null : { kind, name: name.trim(), value: value.trim() };
    case "segment":
    case "variant":
      return id === "" ? null : { kind, id };
    default:
      return names.length === 0 ? null : { kind, names };
  }
};

type FieldsProps = { draft: FilterDraft; steps: readonly string[]; set: (patch: Partial<FilterDraft>) => void };

// Lists open inside the popover, so that a click in them does not close it.
const inside = { comboboxProps: { withinPortal: false }, size: "xs" } as const;

/** The fields of one kind of filter. */
export const FilterFields = ({ draft, steps, set }: FieldsProps) => {
  switch (draft.kind) {
    case "follows":
      return <FollowsFields draft={draft} steps={steps} set={set} />;
    case "repeats":
      return <RepeatsFields draft={draft} steps={steps} set={set} />;
    case "property":
      return <PropertyFields draft={draft} steps={steps} set={set} />;
    case "trait":
      return <TraitFields draft={draft} steps={steps} set={set} />;
    case "segment":
      return <SegmentField draft={draft} steps={steps} set={set} />;
    case "channel":
      return <ChannelField draft={draft} steps={steps} set={set} />;
    case "variant":
      return null;
    default:
      return <NamesField kind={draft.kind} draft={draft} choices={steps} set={set} />;
  }
};

type NamesFieldProps = { kind: NameKind; draft: FilterDraft; choices: readonly string[]; nameOf?: (value: string) => string; set: FieldsProps["set"] };

const NamesField = ({ kind, draft, choices, nameOf = asIs, set }: NamesFieldProps) => {
  const t = useTexts(pathsTexts);
  const [isOpen, setOpen] = useState(false);
  // Open, the list hides the button that sets the filter: most choose one name.
  const choose = (names: string[]): void => {
    setOpen(false);
    set({ names });
  };
  return (
    <MultiSelect {...inside} data-autofocus label={t(kind)} description={t(kind === "passes" ? "allOfThese" : kind === "avoids" ? "noneOfThese" : "oneOfThese")} value={[...draft.names]} data={withOwn(choices, draft.names).map((value) => ({ value, label: nameOf(value) }))} maxValues={10} limit={200} searchable
      dropdownOpened={isOpen} onDropdownOpen={() => setOpen(true)} onDropdownClose={() => setOpen(false)} nothingFoundMessage={t("nothingFound")} onChange={choose} />
  );
};

const asIs = (value: string): string => value;

const FollowsFields = ({ draft: { first, then, how, within, unit }, steps, set }: FieldsProps) => {
  const t = useTexts(pathsTexts);
  return (
    <>
      <StepSelect label={t("followsFirst")} isFirst value={first} steps={steps} onChange={(name) => set({ first: name })} />
      <Select {...inside} label={t("followsHow")} value={how} data={(["directly", "later"] as const).map((one) => ({ value: one, label: t(one) }))} allowDeselect={false} onChange={(one) => set({ how: one === "directly" ? one : "later" })} />
      <StepSelect label={t("followsThen")} value={then} steps={steps} onChange={(name) => set({ then: name })} />
      <div className="paths-within">
        <NumberInput size="xs" label={t("followsWithin")} placeholder={t("noLimit")} value={within ?? ""} min={1} max={100_000} allowDecimal={false} onChange={(value) => set({ within: value === "" ? null : Number(value) })} />
        <Select {...inside} aria-label={t("unitOfTime")} value={unit} data={timeUnits.map((one) => ({ value: one, label: t(`${one}Unit`) }))} allowDeselect={false} onChange={(one) => set({ unit: timeUnits.find((known) => known === one) ?? unit })} />
      </div>
    </>
  );
};

const RepeatsFields = ({ draft: { name, times }, steps, set }: FieldsProps) => {
  const t = useTexts(pathsTexts);
  return (
    <>
      <StepSelect label={t("repeatsName")} isFirst value={name} steps={steps} onChange={(chosen) => set({ name: chosen })} />
      <NumberInput size="xs" label={t("repeatsTimes")} value={times} min={2} max={1_000_000} allowDecimal={false} onChange={(value) => set({ times: Number(value) })} />
    </>
  );
};

const PropertyFields = ({ draft, set }: FieldsProps) => {
  const t = useTexts(pathsTexts);
  const known = useAttributes();
  const properties = known.data?.properties ?? [];
  return (
    <>
      {known.isError && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      <AttributeFields label={t("propertyName")} hint={t("propertyHint")} names={properties.map(({ name }) => name)} values={properties.find(({ name }) => name === draft.name)?.values ?? []} draft={draft} set={set} />
    </>
  );
};

const searchPauseMs = 250;

const TraitFields = ({ draft, set }: FieldsProps) => {
  const t = useTexts(pathsTexts);
  const known = useAttributes();
  const [asked] = useDebouncedValue(draft, searchPauseMs);
  // A name that is still being typed is nothing to look up.
  const found = useTraitValues(known.data?.traits.includes(asked.name) === true ? asked.name : "", asked.value);
  return (
    <>
      {known.isError && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      <AttributeFields label={t("traitName")} hint={t("traitHint")} names={known.data?.traits ?? []} values={asked.name === draft.name ? (found.data ?? []) : []} draft={draft} set={set} />
    </>
  );
};

type AttributeFieldsProps = { label: string; hint: string; names: readonly string[]; values: readonly string[]; draft: FilterDraft; set: FieldsProps["set"] };

const AttributeFields = ({ label, hint, names, values, draft: { name, value }, set }: AttributeFieldsProps) => {
  const t = useTexts(pathsTexts);
  return (
    <>
      <Autocomplete {...inside} data-autofocus label={label} description={hint} value={name} maxLength={200} limit={500} maxDropdownHeight={220} data={[...names]} onChange={(text) => set({ name: text, value: "" })} />
      <Autocomplete {...inside} label={t("attributeValue")} value={value} maxLength={200} limit={50} maxDropdownHeight={220} data={[...values]} onChange={(text) => set({ value: text })} />
    </>
  );
};

const SegmentField = ({ draft, set }: FieldsProps) => {
  const t = useTexts(pathsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [draft.id] });
  return <Select {...inside} data-autofocus label={t("segment")} value={draft.id === "" ? null : draft.id} data={choices} error={failure} searchable nothingFoundMessage={failure === undefined ? t("noSegments") : undefined} onChange={(id) => set({ id: id ?? "" })} />;
};

const ChannelField = ({ draft, set }: FieldsProps) => {
  const channels = useChannelChoices();
  return <NamesField kind="channel" draft={draft} choices={channels.map(({ value }) => value)} nameOf={nameOfChannel} set={set} />;
};

type StepSelectProps = { label: string; isFirst?: boolean; value: string; steps: readonly string[]; onChange: (name: string) => void };

const StepSelect = ({ label, isFirst = false, value, steps, onChange }: StepSelectProps) => {
  const t = useTexts(pathsTexts);
  return <Select {...inside} {...(isFirst ? { "data-autofocus": true } : {})} label={label} value={value === "" ? null : value} data={withOwn(steps, [value])} limit={200} searchable nothingFoundMessage={t("nothingFound")} onChange={(name) => onChange(name ?? "")} />;
};

// What is chosen stays to be seen, though it is met no more in the period.
const withOwn = (choices: readonly string[], own: readonly string[]): string[] => [...new Set([...choices, ...own.filter((name) => name !== "")])];
