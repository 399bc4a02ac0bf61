import { Group, SegmentedControl, Select } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import { shortNameOf } from "./metric-words.ts";
import type { MetricKey } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { commentMetrics, mainMetrics, measureOf } from "./scores.ts";

type MetricPickerProps = {
  metric: MetricKey;
  /** Metrics beside the three main ones. */
  available: readonly { metric: MetricKey; title: string }[];
  onChange: (metric: MetricKey) => void;
};

/** The three scores side by side, and all others there are in a list. */
export const MetricPicker = ({ metric, available, onChange }: MetricPickerProps) => {
  const t = useTexts(metricsTexts);
  const isMain = mainMetrics.some((main) => main === metric);
  const others = available.some((one) => one.metric === metric) || isMain ? available : [...available, { metric, title: shortNameOf(metric) }];
  const find = (value: string): MetricKey | undefined => [...mainMetrics, ...others.map((one) => one.metric)].find((known) => known === value);
  const choose = (value: string | null): void => {
    const found = value === null ? undefined : find(value);
    if (found !== undefined) onChange(found);
  };
  return (
    <Group gap={8} wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label={t("metric")}
        // Nothing is pressed while one of the others is shown.
        value={isMain ? metric : ""}
        onChange={choose}
        data={mainMetrics.map((value) => ({ value, label: shortNameOf(value) }))}
      />
      {others.length > 0 && (
        <Select
          size="xs"
          w={140}
          aria-label={t("otherMetrics")}
          placeholder={t("otherMetrics")}
          value={isMain ? null : metric}
          onChange={choose}
          data={(["answerMetrics", "commentMetrics", "ownMetrics"] as const).flatMap((group) => {
            const items = others.filter((one) => groupOf(one.metric) === group).map((one) => ({ value: one.metric, label: shortNameOf(one.metric, one.title) }));
            return items.length === 0 ? [] : [{ group: t(group), items }];
          })}
        />
      )}
    </Group>
  );
};

const groupOf = (metric: MetricKey) => (commentMetrics.includes(metric) ? "commentMetrics" : measureOf(metric) === "custom" ? "ownMetrics" : "answerMetrics");
