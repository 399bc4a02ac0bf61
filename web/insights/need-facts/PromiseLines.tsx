import { ActionIcon, Button, MultiSelect, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import type { PromiseLine } from "./need-fact-choice.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

type PromiseLinesProps = {
  /** Null where they are guessed when it is saved. */
  lines: readonly PromiseLine[] | null;
  properties: readonly string[];
  names: readonly string[];
  mayChange: boolean;
  onChange: (lines: PromiseLine[]) => void;
};

/** Properties that hold a promised date, each with the facts that keep the promise. */
export const PromiseLines = ({ lines, properties, names, mayChange, onChange }: PromiseLinesProps) => {
  const t = useTexts(needFactsTexts);
  const shown = lines ?? [];
  const change = (place: number, patch: Partial<PromiseLine>): void => onChange(shown.map((line, at) => (at === place ? { ...line, ...patch } : line)));
  return (
    <>
      <p className="quiet facts-help">{lines === null ? t("willGuess") : t("part_promises_hint")}</p>
      {shown.map(({ property, done }, place) => (
        <div key={place} className="facts-promise">
          <Select
            label={t("promised")}
            data={[...new Set([...properties, ...(property === "" ? [] : [property])])]}
            value={property === "" ? null : property}
            onChange={(chosen) => change(place, { property: chosen ?? "" })}
            searchable
            disabled={!mayChange}
          />
          <MultiSelect label={t("keptBy")} data={[...new Set([...names, ...done])]} value={done} onChange={(chosen) => change(place, { done: chosen })} maxValues={50} limit={100} searchable disabled={!mayChange} />
          {mayChange && (
            <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("removePromise", { property })} onClick={() => onChange(shown.filter((_, at) => at !== place))}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {mayChange && shown.length < 20 && <Button variant="subtle" size="compact-sm" onClick={() => onChange([...shown, { property: "", done: [] }])}>{t("addPromise")}</Button>}
    </>
  );
};
