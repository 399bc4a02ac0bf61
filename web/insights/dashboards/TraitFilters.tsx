import { Select, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { useKnownValues } from "../metrics/known-values.data.ts";
import { useTraitNames } from "../metrics/metrics.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { groupTraits } from "./tile-words.ts";

type TraitFiltersProps = {
  /** `name=value` */
  given: readonly string[];
  onChange: (trait: string[]) => void;
};

/** Narrows to customers by what was known of them when they answered: a field for each trait wanted, and one to want another. */
export const TraitFilters = ({ given, onChange }: TraitFiltersProps) => {
  const t = useTexts(dashboardsTexts);
  const wanted = groupTraits(given);
  // A trait stays while its field is empty, though nothing is wanted of it yet.
  const [names, setNames] = useState<readonly string[]>(() => [...wanted.keys()]);
  const [isOpened, setOpened] = useState(false);
  const { data: known, isError } = useTraitNames(isOpened);
  const nothing = known !== undefined ? "noTraits" : isError ? "traitsFailed" : "traitsLoading";
  return (
    <>
      {names.map((name) => (
        <TraitValues key={name} name={name} values={wanted.get(name) ?? []}
          onChange={(values) => onChange([...given.filter((one) => !one.startsWith(`${name}=`)), ...values.map((value) => `${name}=${value}`)])} />
      ))}
      <Select size="xs" label={t("traitFilter")} placeholder={t("traitFilterHint")} searchable value={null} data={known?.traits.filter((name) => !names.includes(name)) ?? []} nothingFoundMessage={t(nothing)}
        // Which traits there are takes a while to find out, so only whoever looks waits for it.
        onDropdownOpen={() => setOpened(true)}
        onChange={(name) => name !== null && setNames([...names, name])} />
    </>
  );
};

const searchPauseMs = 250;

type TraitValuesProps = { name: string; values: string[]; onChange: (values: string[]) => void };

// A value that few people have is not listed, and may be written all the same, with its commas.
const TraitValues = ({ name, values, onChange }: TraitValuesProps) => {
  const t = useTexts(dashboardsTexts);
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, searchPauseMs);
  const all = useKnownValues(`trait:${name}`, "", []).data;
  // A list that is there as a whole is searched here.
  const found = useKnownValues(`trait:${name}`, all?.isMore === true ? settled : "", []).data ?? all;
  const options = (found?.items ?? []).flatMap(({ value }) => value ?? []);
  return (
    <TagsInput size="xs" label={nameOfSplit(`trait:${name}`)} placeholder={values.length === 0 ? t("traitValueHint") : ""} clearable maxTags={50} splitChars={[]} data={options} value={values}
      onChange={onChange} searchValue={search} onSearchChange={setSearch} maxDropdownHeight={260} />
  );
};
