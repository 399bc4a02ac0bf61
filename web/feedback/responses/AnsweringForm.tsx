import { Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { localTime, timeFrom } from "./answering-times.ts";
import { saveSettings, type SurveySettings } from "./answering.data.ts";
import { answeringTexts } from "./answering.texts.ts";
import classes from "./Responses.module.css";
import { RetentionFields } from "./RetentionFields.tsx";

type FieldsProps = { settings: SurveySettings; set: (patch: Partial<SurveySettings>) => void };

/** The rules of one survey; saving applies them to every answer that comes from then on. */
export const AnsweringForm = ({ surveyId, stored }: { surveyId: string; stored: SurveySettings }) => {
  const t = useTexts(answeringTexts);
  const mayWrite = useAbility("surveys.write");
  const [settings, setSettings] = useState(stored);
  const set = (patch: Partial<SurveySettings>): void => setSettings((before) => ({ ...before, ...patch }));
  const isSaved = JSON.stringify(settings) === JSON.stringify(stored);
  const fields = (
    <fieldset className={classes.bare} disabled={!mayWrite}>
      <Grid>
        <Card title={t("who")} span={6}><WhoFields settings={settings} set={set} /></Card>
        <Card title={t("protection")} span={6}><ProtectionFields settings={settings} set={set} /></Card>
        <Card title={t("retention")} span={12}><RetentionFields surveyId={surveyId} settings={settings} isSaved={isSaved} set={set} /></Card>
      </Grid>
    </fieldset>
  );
  const save = async (): Promise<void> => {
    setSettings(await saveSettings(surveyId, settings));
    notifyDone(t("saved"));
  };
  return mayWrite ? <Form submitLabel={t("save")} onSubmit={save}>{fields}</Form> : fields;
};

const WhoFields = ({ settings, set }: FieldsProps) => {
  const t = useTexts(answeringTexts);
  return (
    <div className={classes.sections}>
      <TextInput type="datetime-local" label={t("opensAt")} value={localTime(settings.opensAt)} onChange={(event) => set({ opensAt: timeFrom(event.currentTarget.value) })} />
      <TextInput type="datetime-local" label={t("closesAt")} description={t("closesHelp")} value={localTime(settings.closesAt)} onChange={(event) => set({ closesAt: timeFrom(event.currentTarget.value) })} />
      <NumberInput label={t("responseLimit")} min={1} max={10_000_000} value={settings.responseLimit ?? ""} onChange={(value) => set({ responseLimit: typeof value === "number" ? value : null })} />
      <Select
        label={t("oneAnswerPer")} allowDeselect={false} value={settings.oneAnswerPer}
        data={(["none", "device", "person"] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(value) => set({ oneAnswerPer: value === "device" || value === "person" ? value : "none" })}
      />
      <Checkbox label={t("isAnonymous")} checked={settings.isAnonymous} onChange={(event) => set({ isAnonymous: event.currentTarget.checked })} />
      <NumberInput label={t("threshold")} description={t("thresholdHelp")} min={1} max={1000} value={settings.anonymityThreshold} onChange={(value) => typeof value === "number" && set({ anonymityThreshold: value })} />
    </div>
  );
};

const ProtectionFields = ({ settings, set }: FieldsProps) => {
  const t = useTexts(answeringTexts);
  const { protection } = settings;
  const setProtection = (patch: Partial<SurveySettings["protection"]>): void => set({ protection: { ...protection, ...patch } });
  return (
    <div className={classes.sections}>
      <p className="quiet">{t("protectionHelp")}</p>
      <Checkbox label={t("isPaceChecked")} checked={protection.isPaceChecked} onChange={(event) => setProtection({ isPaceChecked: event.currentTarget.checked })} />
      <Checkbox label={t("proofOfWork")} checked={protection.proofOfWork === "light"} onChange={(event) => setProtection({ proofOfWork: event.currentTarget.checked ? "light" : "none" })} />
      <NumberInput label={t("perAddressHourly")} min={1} max={100_000} value={protection.perAddressHourly} onChange={(value) => typeof value === "number" && setProtection({ perAddressHourly: value })} />
    </div>
  );
};
