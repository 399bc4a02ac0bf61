import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { type Choice, nameOfDimension } from "./report-words.ts";
import { removeWeighting, type Report, saveWeighting, type WeightingBody } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import { draftFrom, type DraftDimension, isWhole, startDimension, sumOf, toBody } from "./weighting-draft.ts";

type WeightingFormProps = { surveyId: string; report: Report; kept: WeightingBody | null; choices: readonly Choice[]; mayWrite: boolean };

/** The true share of each group, dimension by dimension. */
export const WeightingForm = ({ surveyId, report, kept, choices, mayWrite }: WeightingFormProps) => {
  const t = useTexts(reportsTexts);
  const [draft, setDraft] = useState(() => draftFrom(report, kept));
  const [limits, setLimits] = useState({ low: kept?.trimLow ?? 0.3, high: kept?.trimHigh ?? 3 });
  const [isRemoving, setRemoving] = useState(false);
  const free = choices.map(({ group, items }) => ({ group, items: items.filter(({ value }) => draft.every(({ dimension }) => dimension !== value)) })).filter(({ items }) => items.length > 0);
  const set = (dimension: string, value: string, percent: string): void =>
    setDraft(draft.map((one) => (one.dimension === dimension ? { ...one, groups: one.groups.map((group) => (group.value === value ? { ...group, percent } : group)) } : one)));
  const save = async (): Promise<void> => {
    await saveWeighting(surveyId, toBody(draft, limits));
    notifyDone(t("weightsSaved"));
  };
  const remove = async (): Promise<void> => {
    await removeWeighting(surveyId);
    notifyDone(t("weightsRemoved"));
  };
  const picker = draft.length < 4 && free.length > 0 && (
    <Select label={t("addDimension")} placeholder={t("weightBy")} data={free} value={null} searchable onChange={(dimension) => dimension !== null && setDraft([...draft, startDimension(report, dimension)])} />
  );
  const removal = kept !== null && <Button variant="default" onClick={() => setRemoving(true)}>{t("removeWeights")}</Button>;
  return (
    <fieldset className="report-weighting" disabled={!mayWrite}>
      <legend className="sr-only">{t("weightTitle")}</legend>
      {picker}
      {draft.length === 0 ? removal : (
        <Form submitLabel={t("saveWeights")} onSubmit={save} check={() => draft.every(isWhole)} secondary={removal}>
          {draft.map((dimension) => (
            <DimensionFields
              key={dimension.dimension} dimension={dimension} name={nameOfDimension(t, report, dimension.dimension)} onSet={set}
              onRemove={() => setDraft(draft.filter((one) => one !== dimension))}
            />
          ))}
          <div className="report-choices">
            <NumberInput label={t("trimLow")} value={limits.low} min={0} max={1} step={0.1} onChange={(low) => setLimits({ ...limits, low: Number(low) })} />
            <NumberInput label={t("trimHigh")} value={limits.high} min={1} max={100} step={0.5} onChange={(high) => setLimits({ ...limits, high: Number(high) })} />
          </div>
        </Form>
      )}
      <ConfirmDialog isOpen={isRemoving} onClose={() => setRemoving(false)} title={t("removeWeightsTitle")} body={t("removeWeightsBody")} confirmLabel={t("removeWeights")} onConfirm={remove} />
    </fieldset>
  );
};

type DimensionFieldsProps = { dimension: DraftDimension; name: string; onSet: (dimension: string, value: string, percent: string) => void; onRemove: () => void };

const DimensionFields = ({ dimension, name, onSet, onRemove }: DimensionFieldsProps) => {
  const t = useTexts(reportsTexts);
  return (
    <div className="report-dimension">
      <header>
        <h3>{name}</h3>
        <Button variant="subtle" size="compact-sm" aria-label={t("removeDimension", { dimension: name })} onClick={onRemove}><IconX size={14} aria-hidden /></Button>
      </header>
      {dimension.groups.map((group) => (
        <div key={group.value} className="report-target">
          <span>{group.label}</span>
          <span className="quiet">{t("sample")} {formatShare(group.sample)}</span>
          <TextInput
            size="xs" inputMode="decimal" aria-label={`${t("target")}: ${name}, ${group.label}`} rightSection="%" value={group.percent}
            onChange={(event) => onSet(dimension.dimension, group.value, event.currentTarget.value.replace(",", ".").replace(/[^\d.]/g, ""))}
          />
        </div>
      ))}
      {!isWhole(dimension) && <p className="report-warning" role="alert">{t("sumNot100", { sum: String(sumOf(dimension)) })}</p>}
    </div>
  );
};
