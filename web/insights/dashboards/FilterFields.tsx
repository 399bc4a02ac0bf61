import { MultiSelect } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { type FilterName, filterNames } from "../metrics/home-search.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { useNamedBreakdown } from "../metrics/metrics.data.ts";
import { TraitFilters } from "./TraitFilters.tsx";

/** Values per filter; the empty text is "not named". */
export type ChosenFilters = Readonly<Partial<Record<FilterName | "trait", string[] | undefined>>>;
type FilterFieldsProps = {
  filters: ChosenFilters;
  /** Of the groups that can be chosen. */
  period: Query;
  hasTraits: boolean;
  /** Gets what changed. */
  onChange: (patch: Partial<Record<FilterName | "trait", string[]>>) => void;
};

/** A field for everything that numbers can be narrowed to, with several values each. */
export const FilterFields = ({ filters, period, hasTraits, onChange }: FilterFieldsProps) => (
  <>
    {filterNames.map((name) => (
      <FilterSelect key={name} name={name} chosen={filters[name] ?? []} period={period} onChange={(values) => onChange({ [name]: values })} />
    ))}
    {hasTraits && <TraitFilters given={filters.trait ?? []} period={period} onChange={(trait) => onChange({ trait })} />}
  </>
);

type FilterSelectProps = { name: FilterName; chosen: readonly string[]; period: Query; onChange: (values: string[]) => void };

const FilterSelect = ({ name, chosen, period, onChange }: FilterSelectProps) => {
  const groups = useNamedBreakdown("nps", name, period).data?.groups ?? [];
  if (isFurther(name) && chosen.length === 0 && groups.every(({ value }) => value === null)) return null;
  const options = groups.filter(({ value }) => value !== null || name !== "survey").map((group) => ({ value: group.value ?? notNamed, label: nameOfGroup(name, group) }));
  const missing = chosen.filter((value) => !groups.some((group) => (group.value ?? "") === value)).map((value) => ({ value: value === "" ? notNamed : value, label: nameOfGroup(name, { value: value === "" ? null : value, label: value }) }));
  return (
    <MultiSelect size="xs" label={nameOfSplit(name)} searchable clearable data={[...options, ...missing]} value={chosen.map((value) => (value === "" ? notNamed : value))}
      onChange={(values) => onChange(values.map((value) => (value === notNamed ? "" : value)))} />
  );
};

// Most organisations have none of these in their answers, and need no field for them.
const isFurther = (name: FilterName): boolean => ["persona", "environment", "product", "source", "team", "department", "member"].includes(name);
