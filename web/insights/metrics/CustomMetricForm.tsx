import { Button, Group, Select, Textarea, TextInput } from "@mantine/core";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { addCustomMetric, changeCustomMetric, type CustomMetric, useQuestionNames, useSurveyNames } from "./custom-metrics.data.ts";
import { customMetricsTexts } from "./custom-metrics.texts.ts";

const isWhole = (text: string): boolean => /^-?\d{1,4}$/u.test(text.trim());

/** A metric to write or to change; the server says what is wrong with a formula. */
export const CustomMetricForm = ({ metric, onDone }: { metric: CustomMetric | null; onDone: () => void }) => {
  const t = useTexts(customMetricsTexts);
  const fields = useFields(
    {
      name: metric?.name ?? "",
      surveyId: metric?.surveyId ?? "",
      formula: metric?.formula ?? "",
      scaleMin: String(metric?.scaleMin ?? 1),
      scaleMax: String(metric?.scaleMax ?? 5),
    },
    {
      name: (value) => (value.trim() === "" ? t("nameMissing") : null),
      surveyId: (value) => (value === "" ? t("surveyMissing") : null),
      formula: (value) => (value.trim() === "" ? t("formulaMissing") : null),
      scaleMin: (value) => (isWhole(value) ? null : t("wholeNumber")),
      scaleMax: (value, { scaleMin }) => (!isWhole(value) ? t("wholeNumber") : isFarEnough(Number(scaleMin), Number(value)) ? null : t("sameEnds")),
    },
  );
  const surveys = useSurveyNames().data?.items ?? [];
  const names = useQuestionNames(fields.values.surveyId).data ?? [];
  const save = async (): Promise<void> => {
    const { name, surveyId, formula, scaleMin, scaleMax } = fields.values;
    const given = { name: name.trim(), surveyId, formula: formula.trim(), scaleMin: Number(scaleMin), scaleMax: Number(scaleMax) };
    await (metric === null ? addCustomMetric({ ...given, description: "" }) : changeCustomMetric(metric.id, given));
    notifyDone(t("saved", { name: given.name }));
    onDone();
  };
  return (
    <Form submitLabel={t("save")} onSubmit={save} check={fields.check} secondary={<Button variant="default" size="sm" onClick={onDone}>{t("cancel")}</Button>}>
      <TextInput {...fields.text("name")} label={t("name")} maxLength={80} data-autofocus />
      <Select
        label={t("survey")}
        data={surveys.map(({ id, name }) => ({ value: id, label: name }))}
        value={fields.values.surveyId === "" ? null : fields.values.surveyId}
        error={fields.errors.surveyId}
        onChange={(value) => fields.set({ surveyId: value ?? "" })}
        searchable
        allowDeselect={false}
      />
      <Textarea
        {...fields.text("formula")}
        label={t("formula")}
        description={names.length === 0 ? t("formulaHintNone") : t("formulaHint", { names: names.join(", ") })}
        maxLength={500}
        autosize
        minRows={2}
      />
      <Group grow align="flex-start">
        <TextInput {...fields.text("scaleMin")} label={t("worst")} inputMode="numeric" />
        <TextInput {...fields.text("scaleMax")} label={t("best")} inputMode="numeric" />
      </Group>
    </Form>
  );
};

const isFarEnough = (worst: number, best: number): boolean => worst !== best && Math.abs(best - worst) <= 100;
