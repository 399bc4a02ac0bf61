import { ActionIcon, Button, Checkbox, NumberInput, Switch, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { channels, type ContactChannel, type ContactPolicy, type QuietHours } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts } from "./contact-policy.texts.ts";
import { weekdayName } from "./sentences.ts";

type FieldsProps = { policy: ContactPolicy; isReadOnly: boolean; onChange: (patch: Partial<ContactPolicy>) => void };

const outgoing: readonly ContactChannel[] = ["email", "text", "phone", "push"];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const night: QuietHours = { from: "20:00", to: "08:00", days: [], channels: [...outgoing] };

/** The rules of the policy as fields. */
export const PolicyFields = ({ policy, timeZone, isReadOnly, onChange }: FieldsProps & { timeZone: string }) => {
  const t = useTexts(contactPolicyTexts);
  const days = (name: "betweenDays" | "relationshipDays" | "transactionalDays" | "relationshipFirstDays", max: number) => (
    <NumberInput label={t(name)} value={policy[name]} min={0} max={max} clampBehavior="strict" allowDecimal={false} disabled={isReadOnly} onChange={(value) => onChange({ [name]: Number(value) })} />
  );
  return (
    <div className={classes.fields}>
      <Switch label={t("isOn")} description={t("isOnHint")} checked={policy.isOn} disabled={isReadOnly} onChange={(event) => onChange({ isOn: event.currentTarget.checked })} />
      {policy.isOn && (
        <>
          <Caps policy={policy} isReadOnly={isReadOnly} onChange={onChange} />
          <fieldset className={classes.group}>
            <legend>{t("distances")}</legend>
            {days("betweenDays", 1095)}
            {days("relationshipDays", 1095)}
            {days("transactionalDays", 1095)}
            {days("relationshipFirstDays", 180)}
          </fieldset>
          <Quiet policy={policy} timeZone={timeZone} isReadOnly={isReadOnly} onChange={onChange} />
        </>
      )}
      <Exceptions policy={policy} isReadOnly={isReadOnly} onChange={onChange} />
    </div>
  );
};

const Caps = ({ policy, isReadOnly, onChange }: FieldsProps) => {
  const t = useTexts(contactPolicyTexts);
  const set = (index: number, patch: Partial<ContactPolicy["caps"][number]>): void =>
    onChange({ caps: policy.caps.map((cap, place) => (place === index ? { ...cap, ...patch } : cap)) });
  return (
    <fieldset className={classes.group}>
      <legend>{t("caps")}</legend>
      {policy.caps.map((cap, index) => (
        <div key={index} className={classes.pair}>
          <NumberInput label={t("capContacts")} value={cap.contacts} min={1} max={1000} clampBehavior="strict" allowDecimal={false} disabled={isReadOnly}
            onChange={(value) => set(index, { contacts: Math.max(1, Number(value)) })} />
          <NumberInput label={t("capDays")} value={cap.days} min={1} max={1095} clampBehavior="strict" allowDecimal={false} disabled={isReadOnly}
            onChange={(value) => set(index, { days: Math.max(1, Number(value)) })} />
          {!isReadOnly && (
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("removeCap", { number: index + 1 })} onClick={() => onChange({ caps: policy.caps.toSpliced(index, 1) })}>
              <IconX size={15} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {!isReadOnly && (
        <div>
          <Button variant="default" size="compact-sm" disabled={policy.caps.length >= 20} onClick={() => onChange({ caps: [...policy.caps, { contacts: 1, days: 30 }] })}>{t("addCap")}</Button>
        </div>
      )}
    </fieldset>
  );
};

const Quiet = ({ policy, timeZone, isReadOnly, onChange }: FieldsProps & { timeZone: string }) => {
  const t = useTexts(contactPolicyTexts);
  const quiet = policy.quietHours;
  const set = (patch: Partial<QuietHours>): void => onChange({ quietHours: { ...(quiet ?? night), ...patch } });
  const time = (name: "from" | "to") => (
    <TextInput type="time" label={t(name === "from" ? "quietFrom" : "quietTo")} value={quiet?.[name] ?? ""} disabled={isReadOnly} required
      onChange={(event) => event.currentTarget.value !== "" && set({ [name]: event.currentTarget.value.slice(0, 5) })} />
  );
  return (
    <fieldset className={classes.group}>
      <legend>{t("quiet")}</legend>
      <Switch label={t("quietOn")} description={t("quietHint", { zone: timeZone })} checked={quiet !== null} disabled={isReadOnly}
        onChange={(event) => onChange({ quietHours: event.currentTarget.checked ? night : null })} />
      {quiet !== null && (
        <>
          <div className={classes.pair}>
            {time("from")}
            {time("to")}
          </div>
          <Checkbox.Group label={t("quietDays")} value={quiet.days.map(String)} onChange={(chosen) => chosen.length < 7 && set({ days: chosen.map(Number).toSorted((a, b) => a - b) })}>
            <div className={classes.checks}>
              {weekdays.map((day) => <Checkbox key={day} size="xs" value={String(day)} label={weekdayName(day)} disabled={isReadOnly} />)}
            </div>
          </Checkbox.Group>
          <ChannelChecks label={t("quietChannels")} offered={outgoing} value={quiet.channels} isReadOnly={isReadOnly} onChange={(chosen) => set({ channels: chosen })} />
        </>
      )}
    </fieldset>
  );
};

const Exceptions = ({ policy, isReadOnly, onChange }: FieldsProps) => {
  const t = useTexts(contactPolicyTexts);
  const toggle = (name: "isSilentDuringComplaint" | "doRemindersCount" | "isAlwaysOnExempt") => (
    <Switch label={t(name)} checked={policy[name]} disabled={isReadOnly} onChange={(event) => onChange({ [name]: event.currentTarget.checked })} />
  );
  const consented = policy.consentNeeded.filter(({ purpose }) => purpose === "survey").map(({ channel }) => channel);
  return (
    <fieldset className={classes.group}>
      <legend>{t("exceptions")}</legend>
      {policy.isOn && toggle("isSilentDuringComplaint")}
      {policy.isOn && toggle("doRemindersCount")}
      {toggle("isAlwaysOnExempt")}
      <NumberInput label={t("holdOutPercent")} description={t("holdOutHint")} value={policy.holdOutPercent} min={0} max={50} clampBehavior="strict" decimalScale={1} disabled={isReadOnly}
        onChange={(value) => onChange({ holdOutPercent: Number(value) })} />
      <ChannelChecks label={t("consentNeeded")} offered={outgoing} value={consented} isReadOnly={isReadOnly}
        onChange={(chosen) => onChange({ consentNeeded: [...policy.consentNeeded.filter(({ purpose }) => purpose !== "survey"), ...chosen.map((channel) => ({ purpose: "survey" as const, channel }))] })} />
    </fieldset>
  );
};

type ChannelChecksProps = { label: string; offered: readonly ContactChannel[]; value: readonly ContactChannel[]; isReadOnly: boolean; onChange: (chosen: ContactChannel[]) => void };

const ChannelChecks = ({ label, offered, value, isReadOnly, onChange }: ChannelChecksProps) => {
  const t = useTexts(contactPolicyTexts);
  const shown = channels.filter((channel) => offered.includes(channel) || value.includes(channel));
  return (
    <Checkbox.Group label={label} value={[...value]} onChange={(chosen) => onChange(channels.filter((channel) => chosen.includes(channel)))}>
      <div className={classes.checks}>
        {shown.map((channel) => <Checkbox key={channel} size="xs" value={channel} label={t(channel)} disabled={isReadOnly} />)}
      </div>
    </Checkbox.Group>
  );
};
