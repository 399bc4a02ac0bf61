import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { Card } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ChangeSettings, type Distribution, type DistributionSettings, saveDistribution } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";
import { WhenFields } from "./WhenFields.tsx";
import { WordsFields } from "./WordsFields.tsx";

const CHANNELS = ["email", "text", "email_then_text", "text_then_email"] as const;
const KINDS = ["relationship", "transactional"] as const;

/** Everything about a distribution that has not started. */
export const DistributionEditor = ({ distribution, languages }: { distribution: Distribution; languages: readonly string[] }) => {
  const t = useTexts(distributionsTexts);
  const [name, setName] = useState(distribution.name);
  const [settings, setSettings] = useState(distribution.settings);
  const [addresses, setAddresses] = useState("");
  const [saved, setSaved] = useState(JSON.stringify([name, settings]));
  const change: ChangeSettings = (patch) => setSettings((before) => ({ ...before, ...patch }));
  const save = async (): Promise<void> => {
    const lines = addresses.split(/[\n,;]+/).map((line) => line.trim()).filter((line) => line !== "");
    await saveDistribution(distribution.id, { name, settings, ...(lines.length === 0 ? {} : { addresses: lines }) });
    setAddresses("");
    setSaved(JSON.stringify([name, settings]));
  };
  const isChanged = addresses.trim() !== "" || saved !== JSON.stringify([name, settings]);
  // Whoever presses Start leaves the field they were in: what starts is what they see.
  const saveOnLeaving = (): void => void (isChanged && save().catch(notifyFailed));
  return (
    <div onBlur={saveOnLeaving}>
      <Form submitLabel={t("save")} onSubmit={() => save().then(() => notifyDone(t("saved")))}>
        <Card title={t("whom")} subtitle={t("whomHelp")}>
          <div className={classes.fields}>
            <TextInput label={t("name")} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
            <div className={classes.pair}>
              <Select label={t("channel")} allowDeselect={false} data={CHANNELS.map((value) => ({ value, label: t(value) }))} value={settings.channel}
                onChange={(value) => change({ channel: CHANNELS.find((one) => one === value) ?? "email" })} />
              <Select label={t("kind")} description={t("kindHelp")} allowDeselect={false} data={KINDS.map((value) => ({ value, label: t(value) }))} value={settings.kind}
                onChange={(value) => change({ kind: KINDS.find((one) => one === value) ?? "relationship" })} />
            </div>
            <SegmentField settings={settings} change={change} />
            {settings.segmentId === null && settings.schedule.kind !== "triggered" && settings.schedule.kind !== "api" && (
              <Textarea label={t("addresses")} autosize minRows={4} maxRows={12} value={addresses} onChange={(event) => setAddresses(event.currentTarget.value)}
                {...(distribution.addressCount === 0 ? {} : { description: t("addressesKept", { count: distribution.addressCount }) })} />
            )}
          </div>
        </Card>
        <WhenFields settings={settings} change={change} />
        <Card title={t("reminders")} subtitle={t("remindersHelp")}>
          <div className={classes.pair}>
            <NumberInput label={t("reminders")} min={0} max={5} value={settings.reminders.count} onChange={(count) => change({ reminders: { ...settings.reminders, count: Number(count) || 0 } })} />
            <NumberInput label={t("remindersAfter")} min={1} max={60} value={settings.reminders.afterDays} onChange={(days) => change({ reminders: { ...settings.reminders, afterDays: Number(days) || 7 } })} />
            <NumberInput label={t("expires")} min={1} max={365} value={settings.expiresAfterDays} onChange={(days) => change({ expiresAfterDays: Number(days) || 60 })} />
          </div>
        </Card>
        <WordsFields settings={settings} change={change} languages={languages} />
      </Form>
    </div>
  );
};

const SegmentField = ({ settings, change }: { settings: DistributionSettings; change: ChangeSettings }) => {
  const t = useTexts(distributionsTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [settings.segmentId] });
  const nobody = settings.schedule.kind === "triggered" ? t("everybody") : t("segmentNone");
  return (
    <Select label={t("segment")} clearable placeholder={nobody} value={settings.segmentId} onChange={(segmentId) => change({ segmentId })}
      data={choices} error={failure} />
  );
};
