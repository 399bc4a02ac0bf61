import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { uiTexts } from "../../ui/ui.texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { type FilterName, filterNames } from "../metrics/home-search.ts";
import { type KnownValue, useKnownValues } from "../metrics/known-values.data.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { TraitFilters } from "./TraitFilters.tsx";

/** Values per filter; the empty text is "not named". */
export type ChosenFilters = Readonly<Partial<Record<FilterName | "trait", string[] | undefined>>>;
type FilterFieldsProps = {
  filters: ChosenFilters;
  hasTraits: boolean;
  /** Facts are of no survey. */
  isOfFacts?: boolean;
  /** Gets what changed. */
  onChange: (patch: Partial<Record<FilterName | "trait", string[]>>) => void;
};

/** A field for everything that numbers can be narrowed to, with several values each. */
export const FilterFields = ({ filters, hasTraits, isOfFacts = false, onChange }: FilterFieldsProps) => (
  <>
    {filterNames.filter((name) => name !== "survey" || !isOfFacts).map((name) => (
      <FilterSelect key={name} name={name} chosen={filters[name] ?? []} onChange={(values) => onChange({ [name]: values })} />
    ))}
    {hasTraits && <TraitFilters given={filters.trait ?? []} onChange={(trait) => onChange({ trait })} />}
  </>
);

type FilterSelectProps = { name: FilterName; chosen: readonly string[]; onChange: (values: string[]) => void };

const searchPauseMs = 250;

const FilterSelect = ({ name, chosen, onChange }: FilterSelectProps) => {
  const t = useTexts(uiTexts);
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, searchPauseMs);
  const all = useKnownValues(name, "", chosen).data;
  // A list that is there as a whole is searched here, by the names people read.
  const found = useKnownValues(name, all?.isMore === true ? settled : "", chosen).data ?? all;
  if (isFurther(name) && chosen.length === 0 && (all?.items ?? []).every(({ value }) => value === null)) return null;
  const options = [...(found?.items ?? []), ...(all?.chosen ?? chosen.map((value) => ({ value: value === "" ? null : value, label: value })))].map((one) => optionOf(name, one));
  const known = new Map(options.map((one) => [one.value, one]));
  return (
    <MultiSelect size="xs" label={nameOfSplit(name)} placeholder={chosen.length === 0 ? t("all") : ""} searchable clearable data={[...known.values()]} value={chosen.map((value) => (value === "" ? notNamed : value))}
      searchValue={search} onSearchChange={setSearch} maxDropdownHeight={260}
      onChange={(values) => onChange(values.map((value) => (value === notNamed ? "" : value)))} />
  );
};

const optionOf = (name: FilterName, one: KnownValue): { value: string; label: string } => ({ value: one.value ?? notNamed, label: nameOfGroup(name, one) });

// Most organisations have none of these in their answers, and need no field for them.
const isFurther = (name: FilterName): boolean => ["persona", "environment", "product", "source", "team", "department", "member"].includes(name);
