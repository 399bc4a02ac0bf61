import { Select } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { splitNames } from "./home-search.ts";
import { type MeasureName, splits as factSplits } from "../need-facts/need-facts.data.ts";
import { nameOfSplit } from "./metric-words.ts";
import { type MetricKey, type SplitKey, useTraitNames } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { commentMetrics } from "./scores.ts";

const askedSplits: readonly SplitKey[] = ["channel", "survey", "language", "month", "weekday", "segment", "persona"];

type SplitPickerProps = {
  metric: MetricKey | `fact_${MeasureName}`;
  split: SplitKey;
  onChange: (split: SplitKey) => void;
  /** As a field of a form; without it as a small choice in a heading. */
  label?: string;
};

/** Ways the metric can be split; traits as far as the workspace knows any. */
export const SplitPicker = ({ metric, split, onChange, label }: SplitPickerProps) => {
  const t = useTexts(metricsTexts);
  const isOfFacts = metric.startsWith("fact_");
  const known = splitNames.filter((name) =>
    isOfFacts ? factSplits.some((one) => one === name) : metric === "response_rate" ? askedSplits.includes(name) : commentMetrics.some((one) => one === metric) || (name !== "language" && name !== "emotion"));
  const [isOpened, setOpened] = useState(false);
  const traits = (useTraitNames(isOpened).data?.traits ?? []).map((name) => `trait:${name}` as const);
  const all: readonly SplitKey[] = metric === "response_rate" ? known : [...known, ...traits];
  const shown = all.includes(split) ? all : [...all, split];
  const option = (value: SplitKey) => ({ value, label: nameOfSplit(value) });
  return (
    <Select
      {...(label === undefined ? { size: "xs", w: 150, "aria-label": t("splitBy") } : { label })}
      value={split}
      allowDeselect={false}
      // Which traits there are takes a while to find out, so only whoever looks waits for it.
      onDropdownOpen={() => setOpened(true)}
      searchable={shown.length > 12}
      onChange={(value) => {
        const found = shown.find((one) => one === value);
        if (found !== undefined) onChange(found);
      }}
      data={[
        { group: t("splits"), items: shown.filter((one) => !one.startsWith("trait:")).map(option) },
        ...(shown.some((one) => one.startsWith("trait:")) ? [{ group: t("traits"), items: shown.filter((one) => one.startsWith("trait:")).map(option) }] : []),
      ]}
    />
  );
};
