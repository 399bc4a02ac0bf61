import { Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { ChangeSettings, DistributionSettings } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";

type Schedule = DistributionSettings["schedule"];
type Props = { settings: DistributionSettings; change: ChangeSettings };
const KINDS = ["now", "at", "recurring", "triggered", "api"] as const;
const UNITS = ["day", "week", "month"] as const;
const WORK_HOURS = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const MORNINGS = { days: [1, 2, 3, 4, 5], from: "05:00", to: "10:00" };

const usual = (kind: Schedule["kind"]): Schedule => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  switch (kind) {
    case "at": return { kind, at: tomorrow };
    case "recurring": return { kind, startsAt: tomorrow, every: 3, unit: "month" };
    case "triggered": return { kind, interaction: null, touchpoint: null, delayMinutes: 60, businessHours: null };
    default: return { kind };
  }
};

/** When people are asked, and whether all at once. */
export const WhenFields = ({ settings, change }: Props) => {
  const t = useTexts(distributionsTexts);
  const { schedule } = settings;
  return (
    <Card title={t("when")}>
      <div className={classes.fields}>
        <Select label={t("when")} allowDeselect={false} data={KINDS.map((value) => ({ value, label: t(value) }))} value={schedule.kind}
          onChange={(value) => change({ schedule: usual(KINDS.find((one) => one === value) ?? "now") })} />
        {schedule.kind === "at" && <Moment label={t("at")} value={schedule.at} onChange={(at) => change({ schedule: { ...schedule, at } })} />}
        {schedule.kind === "recurring" && (
          <div className={classes.pair}>
            <Moment label={t("startsAt")} value={schedule.startsAt} onChange={(startsAt) => change({ schedule: { ...schedule, startsAt } })} />
            <NumberInput label={t("every")} min={1} max={52} value={schedule.every} onChange={(every) => change({ schedule: { ...schedule, every: Number(every) || 1 } })} />
            <Select aria-label={t("every")} label=" " allowDeselect={false} data={UNITS.map((value) => ({ value, label: t(value) }))} value={schedule.unit}
              onChange={(value) => change({ schedule: { ...schedule, unit: UNITS.find((unit) => unit === value) ?? "month" } })} />
          </div>
        )}
        {schedule.kind === "triggered" && <TriggerFields schedule={schedule} onChange={(next) => change({ schedule: next })} />}
        {schedule.kind !== "triggered" && schedule.kind !== "api" && <DripFields settings={settings} change={change} />}
      </div>
    </Card>
  );
};

type Triggered = Extract<Schedule, { kind: "triggered" }>;

const TriggerFields = ({ schedule, onChange }: { schedule: Triggered; onChange: (next: Triggered) => void }) => {
  const t = useTexts(distributionsTexts);
  return (
    <>
      <div className={classes.pair}>
        <TextInput label={t("interaction")} description={t("interactionHelp")} value={schedule.interaction ?? ""} onChange={(event) => onChange({ ...schedule, interaction: event.currentTarget.value || null })} />
        <TextInput label={t("touchpoint")} description=" " value={schedule.touchpoint ?? ""} onChange={(event) => onChange({ ...schedule, touchpoint: event.currentTarget.value || null })} />
        <NumberInput label={t("delay")} description=" " min={0} max={129_600} value={schedule.delayMinutes} onChange={(minutes) => onChange({ ...schedule, delayMinutes: Number(minutes) || 0 })} />
      </div>
      <Checkbox label={t("businessHours")} checked={schedule.businessHours !== null} onChange={(event) => onChange({ ...schedule, businessHours: event.currentTarget.checked ? WORK_HOURS : null })} />
    </>
  );
};

const DripFields = ({ settings, change }: Props) => {
  const t = useTexts(distributionsTexts);
  const { drip } = settings;
  const kind = drip === null ? "dripNone" : drip.perDay === null ? "dripOverDays" : "dripPerDay";
  const choose = (value: string | null): void =>
    change({ drip: value === "dripPerDay" ? { perDay: 100, overDays: null, hours: MORNINGS } : value === "dripOverDays" ? { perDay: null, overDays: 5, hours: MORNINGS } : null });
  return (
    <div className={classes.pair}>
      <Select label={t("drip")} description={t("dripHelp")} allowDeselect={false} value={kind} onChange={choose}
        data={(["dripNone", "dripPerDay", "dripOverDays"] as const).map((value) => ({ value, label: t(value) }))} />
      {drip !== null && drip.perDay !== null && (
        <NumberInput label={t("perDay")} description=" " min={1} value={drip.perDay} onChange={(perDay) => change({ drip: { ...drip, perDay: Number(perDay) || 1 } })} />
      )}
      {drip !== null && drip.overDays !== null && (
        <NumberInput label={t("overDays")} description=" " min={1} max={365} value={drip.overDays} onChange={(days) => change({ drip: { ...drip, overDays: Number(days) || 1 } })} />
      )}
    </div>
  );
};

const Moment = ({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) => (
  <TextInput type="datetime-local" label={label} value={localText(value)} onChange={(event) => {
    const at = new Date(event.currentTarget.value);
    if (!Number.isNaN(at.getTime())) onChange(at.toISOString());
  }} />
);

// The field wants the time on the member's own clock, without a zone.
const localText = (moment: string): string => {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
