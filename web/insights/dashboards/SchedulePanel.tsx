import { Button, Checkbox, Group, MultiSelect, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatMoment } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { presetLabel, presets } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Board } from "./dashboards.data.ts";
import { createSchedule, pauseSchedule, removeSchedule, type Rhythm, type Schedule, sendScheduleNow, useMailMembers, useSchedules } from "./schedules.data.ts";
import { schedulesTexts } from "./schedules.texts.ts";

const rhythms = ["daily", "weekly", "monthly"] as const satisfies readonly Rhythm[];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** On which days a board goes out by mail, to whom, and what was sent. */
export const SchedulePanel = ({ board }: { board: Board }) => {
  const t = useTexts(schedulesTexts);
  const schedules = useSchedules(board.id);
  return (
    <section className="form" aria-label={t("mails")}>
      <p className="dialog-body">{t("hint")}</p>
      {schedules.isPending ? (
        <Loading kind="rows" rows={2} />
      ) : schedules.isError ? (
        <ErrorState error={schedules.error} onRetry={() => void schedules.refetch()} />
      ) : schedules.data.items.length === 0 ? (
        <p className="quiet">{t("none")}</p>
      ) : (
        schedules.data.items.map((schedule) => <ScheduleCard key={schedule.id} schedule={schedule} />)
      )}
      <ScheduleForm board={board} />
    </section>
  );
};

const hourOf = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

const describe = ({ rhythm, weekday, monthDay, hour }: Schedule): string => {
  const t = schedulesTexts.say;
  const day = weekdays.find((known) => known === weekday) ?? 1;
  return t(`${rhythm}_at`, { hour: hourOf(hour), day: rhythm === "weekly" ? t(`day${day}`) : String(monthDay ?? 1) });
};

const ScheduleCard = ({ schedule }: { schedule: Schedule }) => {
  const t = useTexts(schedulesTexts);
  const { id, isPaused, nextAt, recipients, sendings } = schedule;
  const run = (work: Promise<void>, said?: string): void => void work.then(() => said !== undefined && notifyDone(said)).catch(notifyFailed);
  return (
    <div className="card schedule-card">
      <strong>{describe(schedule)}</strong>
      <span className="quiet">{[presetLabel(schedule.period), isPaused ? t("paused") : t("next", { when: formatMoment(new Date(nextAt)) })].join(" · ")}</span>
      <ul className="schedule-people">{recipients.map((one) => <li key={one.id}><span dir="auto">{one.name}</span> <span className="quiet">{t(one.state)}</span></li>)}</ul>
      {sendings.length > 0 && (
        <details>
          <summary>{t("sent")}</summary>
          <ul className="schedule-people">
            {sendings.map((one) => (
              <li key={one.id}>
                {one.sentAt === null ? t("underWay", { when: formatMoment(new Date(one.dueAt)) }) : t("sentTo", { count: one.recipients, when: formatMoment(new Date(one.sentAt)) })}
                {one.hasPdf && ` · ${t("withPdf")}`}
                {one.problem !== null && <span className="quiet"> · {one.problem}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Group gap={8}>
        <Button variant="default" size="compact-xs" onClick={() => run(sendScheduleNow(id), t("sendingNow"))}>{t("sendNow")}</Button>
        <Button variant="default" size="compact-xs" onClick={() => run(pauseSchedule(id, !isPaused))}>{isPaused ? t("goOn") : t("pause")}</Button>
        <Button variant="default" size="compact-xs" onClick={() => run(removeSchedule(id), t("removed"))}>{t("remove")}</Button>
      </Group>
    </div>
  );
};

const ScheduleForm = ({ board }: { board: Board }) => {
  const t = useTexts(schedulesTexts);
  const members = useMailMembers();
  const [rhythm, setRhythm] = useState<Rhythm>("weekly");
  const [weekday, setWeekday] = useState("1");
  const [monthDay, setMonthDay] = useState("1");
  const [hour, setHour] = useState("7");
  const [period, setPeriod] = useState<(typeof presets)[number]>("7d");
  const [memberIds, setMemberIds] = useState<string[]>([]);
  const [addresses, setAddresses] = useState("");
  const [showsComments, setComments] = useState(false);
  const outside = addresses.split(/[\s,;]+/u).filter((one) => one !== "");
  const plan = async (): Promise<void> => {
    await createSchedule(board.id, {
      rhythm, weekday: rhythm === "weekly" ? Number(weekday) : null, monthDay: rhythm === "monthly" ? Number(monthDay) : null, hour: Number(hour), period, memberIds, addresses: outside, showsComments,
    });
    setMemberIds([]);
    setAddresses("");
  };
  return (
    <Form submitLabel={t("plan")} onSubmit={plan}>
      <Group grow gap={8} align="end">
        <Select label={t("rhythm")} allowDeselect={false} value={rhythm} data={rhythms.map((value) => ({ value, label: t(value) }))} onChange={(value) => setRhythm(rhythms.find((known) => known === value) ?? "weekly")} />
        {rhythm === "weekly" && <Select label={t("weekday")} allowDeselect={false} value={weekday} data={weekdays.map((value) => ({ value: String(value), label: t(`day${value}`) }))} onChange={(value) => setWeekday(value ?? "1")} />}
        {rhythm === "monthly" && <Select label={t("monthDay")} allowDeselect={false} searchable value={monthDay} data={Array.from({ length: 28 }, (_, index) => String(index + 1))} onChange={(value) => setMonthDay(value ?? "1")} />}
      </Group>
      <Group grow gap={8} align="end">
        <Select label={t("hour")} allowDeselect={false} searchable value={hour} data={Array.from({ length: 24 }, (_, index) => ({ value: String(index), label: hourOf(index) }))} onChange={(value) => setHour(value ?? "7")} />
        <Select label={t("period")} allowDeselect={false} value={period} data={presets.map((value) => ({ value, label: presetLabel(value) }))} onChange={(value) => setPeriod(presets.find((known) => known === value) ?? "7d")} />
      </Group>
      <MultiSelect label={t("members")} searchable value={memberIds} data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} onChange={setMemberIds} />
      <TextInput label={t("addresses")} description={t("addressesHint")} value={addresses} onChange={(event) => setAddresses(event.currentTarget.value)} />
      <Checkbox label={t("showsComments")} checked={showsComments} onChange={(event) => setComments(event.currentTarget.checked)} />
    </Form>
  );
};
