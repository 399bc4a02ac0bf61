import { Button, Popover, Select, Stack, Switch } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Choice } from "./choices.ts";
import { type Period, type Preset } from "./period.ts";
import { PeriodPicker } from "./PeriodPicker.tsx";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

export type Filter =
  | { kind: "select"; name: string; label: string; value: string | undefined; options: readonly Choice[]; failure?: string | undefined; /** What it means that nothing is chosen, where that is not "all". */ unset?: string }
  | { kind: "switch"; name: string; label: string; value: boolean };

type Patch = Readonly<Record<string, string | undefined>>;
type FilterBarProps = {
  /** Left out on screens that are not about a period. */
  period?: Period;
  filters: readonly Filter[];
  /** Gets names and values for the address; undefined takes a name away. */
  onChange: (patch: Patch) => void;
  /** Called when somebody opens the filters, for choices that are asked for only then. */
  onLook?: () => void;
};

/** Period and filters, in the header of a screen. What is chosen lives in the address: see `useTypedSearch`. */
export const FilterBar = ({ period, filters, onChange, onLook }: FilterBarProps) => {
  const t = useTexts(uiTexts);
  const active = filters.filter(isActive);
  const choose = (choice: { period: Preset } | { from: string; to: string }): void =>
    onChange({ period: undefined, from: undefined, to: undefined, ...choice });
  return (
    <>
      {period && <PeriodPicker period={period} onChange={choose} />}
      {filters.length > 0 && (
        <Popover position="bottom-end" shadow="md" width={270} trapFocus {...(onLook ? { onOpen: onLook } : {})}>
          <Popover.Target>
            <Button variant="default" fw={500} className="filter-button">
              <IconAdjustmentsHorizontal size={14} aria-hidden />
              <span className="filter-button-label">{t("filters")}</span>
              {active.length > 0 && <span className="count-badge">{active.length}</span>}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="sm">
              {filters.map((filter) => (
                <FilterField key={filter.name} filter={filter} onChange={onChange} />
              ))}
              {active.length > 0 && (
                <Button variant="subtle" onClick={() => onChange(Object.fromEntries(active.map(({ name }) => [name, undefined])))}>
                  {t("clearFilters")}
                </Button>
              )}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
};

const FilterField = ({ filter, onChange }: { filter: Filter; onChange: (patch: Patch) => void }) => {
  const t = useTexts(uiTexts);
  if (filter.kind === "switch")
    return (
      <Switch
        label={filter.label}
        checked={filter.value}
        onChange={(event) => onChange({ [filter.name]: event.currentTarget.checked ? "yes" : undefined })}
      />
    );
  return (
    <Select
      size="xs"
      label={filter.label}
      placeholder={filter.unset ?? t("all")}
      data={filter.options.map(({ value, label }) => ({ value, label }))}
      value={filter.value ?? null}
      error={filter.failure}
      onChange={(value) => onChange({ [filter.name]: value ?? undefined })}
      // The first field has the focus when the filters open: its list would hide the others.
      openOnFocus={false}
      clearable
      searchable={filter.options.length > 8}
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ "aria-label": t("removeFilter", { name: filter.label }) }}
    />
  );
};

/** What is filtered at present, each part removable; stands above the content. */
export const ActiveFilters = ({ filters, onChange }: Pick<FilterBarProps, "filters" | "onChange">) => {
  const t = useTexts(uiTexts);
  const active = filters.filter(isActive);
  const list = useRef<HTMLUListElement>(null);
  const [said, setSaid] = useState("");
  const remove = ({ name, label }: Filter, at: number): void => {
    // The button under the focus goes away: the next one takes it, or what opens the filters.
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    (buttons[at + 1] ?? buttons[at - 1] ?? document.querySelector<HTMLElement>(".filter-button"))?.focus();
    setSaid(t("filterRemoved", { name: label }));
    onChange({ [name]: undefined });
  };
  return (
    <>
      <p className="sr-only" role="status">{said}</p>
      {active.length > 0 && (
        <ul className="active-filters" ref={list}>
          {active.map((filter, at) => (
            <li key={filter.name}>
              <span className="quiet">{filter.label}</span>
              {filter.kind === "select" && <span> {filter.options.find(({ value }) => value === filter.value)?.label ?? filter.value}</span>}
              <button type="button" aria-label={t("removeFilter", { name: filter.label })} onClick={() => remove(filter, at)}>
                <IconX size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const isActive = (filter: Filter): boolean => (filter.kind === "switch" ? filter.value : filter.value !== undefined && filter.value !== "");
