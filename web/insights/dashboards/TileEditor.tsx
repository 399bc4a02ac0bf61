import { Button, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { presetLabel, presets } from "../../ui/period.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { SplitPicker } from "../metrics/SplitPicker.tsx";
import type { Above, MeasuredTile, Tile, Vocabulary } from "./dashboards.data.ts";
import { useTileNumbers, useNamesOfFilters } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { factCharts, isFactKey } from "./fact-metrics.ts";
import { FilterFields } from "./FilterFields.tsx";
import { TileCard } from "./TileCard.tsx";
import { TileLinks } from "./tile-links.ts";
import { charts, drawable, targetLimits, type TileForm, toForm, toTile } from "./tile-form.ts";
import { nameOfMetric } from "./tile-words.ts";

type TileEditorProps = {
  /** Null: closed; "new": a tile that is not there yet. */
  tile: Tile | "new" | null;
  vocabulary: Vocabulary;
  above: Above;
  timeZone: string;
  onClose: () => void;
  onPut: (tile: Tile) => void;
  /** Where the focus goes once it is closed. */
  leadOn: (() => void) | null;
};

/** Says what a tile shows, with a look at it while it is made. */
export const TileEditor = ({ tile, onClose, leadOn, ...rest }: TileEditorProps) => {
  const t = useTexts(dashboardsTexts);
  return (
    <SidePanel isOpen={tile !== null} onClose={onClose} leadOn={leadOn} width={520} title={tile === "new" ? t("newTile") : t("editTile")}>
      {tile !== null && <Fields key={tile === "new" ? "new" : tile.id} tile={tile} {...rest} />}
    </SidePanel>
  );
};

const Fields = ({ tile, vocabulary, above, timeZone, onPut }: Omit<TileEditorProps, "tile" | "onClose" | "leadOn"> & { tile: Tile | "new" }) => {
  const t = useTexts(dashboardsTexts);
  const [form, setForm] = useState<TileForm>(() => toForm(tile));
  const set = (patch: Partial<TileForm>): void => setForm((before) => drawable({ ...before, ...patch }));
  const made = toTile(form);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onPut(made);
  };
  const isNote = form.chart === "note";
  const hasSplit = "split" in made;
  const isOverTime = form.chart === "trend" || form.chart === "heat";
  return (
    <form className="form tile-editor" onSubmit={submit}>
      <Select label={t("chart")} data={(isFactKey(form.metric) && !isNote ? [...factCharts, "note" as const] : charts).map((chart) => ({ value: chart, label: t(chart === "answers" && isFactKey(form.metric) ? "chart_cases" : `chart_${chart}`) }))} value={form.chart} allowDeselect={false} data-autofocus
        onChange={(value) => set({ chart: charts.find((known) => known === value) ?? "number" })} />
      {!isNote && <MetricSelect form={form} set={set} vocabulary={vocabulary} />}
      {hasSplit && <SplitPicker label={t("split")} metric={form.metric} split={form.split} onChange={(split) => set({ split })} />}
      {isOverTime && (
        <Select label={t("bucket")} value={form.bucket ?? ""} allowDeselect={false}
          data={[{ value: "", label: t("bucketUsual") }, ...(["day", "week", "month"] as const).map((value) => ({ value, label: t(value) }))]}
          onChange={(value) => set({ bucket: (["day", "week", "month"] as const).find((known) => known === value) ?? null })} />
      )}
      <Preview tile={made} above={above} timeZone={timeZone} />
      <TextInput label={t("ownTitle")} description={t("ownTitleHint")} maxLength={120} value={form.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      {isNote && <Textarea label={t("text")} autosize minRows={4} maxRows={14} maxLength={4000} value={form.text} onChange={(event) => set({ text: event.currentTarget.value })} />}
      {!isNote && (
        <>
          <Select label={t("tilePeriod")} value={form.period ?? ""} allowDeselect={false}
            data={[{ value: "", label: t("boardPeriod") }, ...presets.map((value) => ({ value, label: presetLabel(value) }))]}
            onChange={(value) => set({ period: presets.find((known) => known === value) ?? null })} />
          {form.chart !== "answers" && form.chart !== "stacked" && form.chart !== "distribution" && (
            <NumberInput label={t("target")} description={t("targetHint")} value={form.target ?? ""} {...targetLimits} decimalScale={2}
              onChange={(value) => set({ target: typeof value === "number" ? value : null })} />
          )}
          {canWeigh(form.chart) && !isFactKey(form.metric) && <Switch label={t("tileWeighted")} description={t("tileWeightedHint")} checked={form.isWeighted} onChange={(event) => set({ isWeighted: event.currentTarget.checked })} />}
          {form.chart === "answers" && !isFactKey(form.metric) && <Switch label={t("wordsOnly")} checked={form.hasWordsOnly} onChange={(event) => set({ hasWordsOnly: event.currentTarget.checked })} />}
          <fieldset className="tile-filters">
            <legend>{t("tileFilters")}</legend>
            {/* Who was asked is not known by traits; those chosen for another metric stay in sight, to be taken away. */}
            <FilterFields filters={form.filters} isOfFacts={isFactKey(form.metric)} hasTraits={form.metric !== "response_rate" || (form.filters.trait ?? []).length > 0}
              onChange={(patch) => set({ filters: { ...form.filters, ...patch } })} />
          </fieldset>
        </>
      )}
      <div className="form-actions tile-editor-actions">
        <Button type="submit" size="sm">{tile === "new" ? t("put") : t("apply")}</Button>
      </div>
    </form>
  );
};

// Bands, spreads and rows of answers are of answers, however much each weighs.
const canWeigh = (chart: TileForm["chart"]): boolean => chart !== "answers" && chart !== "stacked" && chart !== "distribution";

type PartProps = { form: TileForm; set: (patch: Partial<TileForm>) => void };

const MetricSelect = ({ form, set, vocabulary }: PartProps & { vocabulary: Vocabulary }) => {
  const t = useTexts(dashboardsTexts);
  const items = vocabulary.metrics.map(({ key, name }) => ({ value: key, label: name ?? nameOfMetric(key) }));
  return (
    <Select label={t("metric")} searchable allowDeselect={false} value={form.metric} data={[{ group: t("groupOfScores"), items: items.filter(({ value }) => !isFactKey(value)) }, { group: t("groupOfFacts"), items: items.filter(({ value }) => isFactKey(value)) }]}
      onChange={(value) => set({ metric: vocabulary.metrics.find(({ key }) => key === value)?.key ?? "nps" })} />
  );
};

const Preview = ({ tile, above, timeZone }: { tile: Tile; above: Above; timeZone: string }) => {
  const t = useTexts(dashboardsTexts);
  const [asked] = useDebouncedValue<Tile>(tile, 300);
  const measured: readonly MeasuredTile[] = asked.chart === "note" ? [] : [asked];
  const numbers = useTileNumbers(measured, above);
  const names = useNamesOfFilters([tile]);
  const own = numbers.data?.tiles.find(({ tileId }) => tileId === tile.id);
  // The drawing of one kind cannot show the numbers of another, which are still those of a moment ago.
  const fits = asked.chart === tile.chart && !numbers.isPlaceholderData;
  return (
    <TileLinks value={null}>
      <p className="field-label" aria-hidden>{t("preview")}</p>
      <div className="tile-preview" role="group" aria-label={t("preview")}>
        <TileCard tile={tile} annotations={[]} timeZone={timeZone} names={names} state={{ numbers: fits ? own : undefined, error: numbers.error, onRetry: () => void numbers.refetch() }} />
      </div>
    </TileLinks>
  );
};
