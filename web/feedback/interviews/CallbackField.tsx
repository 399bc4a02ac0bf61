import { Button, Group, TextInput } from "@mantine/core";
import { formatMoment } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { dayAt, instantOf, localOf } from "./call-time.rules.ts";
import { interviewsTexts } from "./interviews.texts.ts";
import { useNow } from "./minute.ts";

const HOUR_MS = 3_600_000;

/** When to call back, in the time of the customer, shown in both. */
export const CallbackField = ({ zone, value, onChange }: { zone: string; value: string; onChange: (local: string) => void }) => {
  const t = useTexts(interviewsTexts);
  const at = value === "" ? null : instantOf(value, zone);
  const now = useNow();
  return (
    <div>
      <TextInput type="datetime-local" label={t("callback")} description={t("callbackHint")} min={localOf(now, zone)} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      <Group gap={4} mt={4}>
        <Button size="compact-xs" variant="default" onClick={() => onChange(localOf(new Date(now.getTime() + HOUR_MS), zone))}>{t("inAnHour")}</Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange(dayAt(now, zone, { later: 1, hour: "10:00" }))}>{t("tomorrowMorning")}</Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange(dayAt(now, zone, { later: 1, hour: "18:00" }))}>{t("tomorrowEvening")}</Button>
      </Group>
      {at !== null && <p className="quiet" role="status">{t("callbackBoth", { there: formatMoment(at, zone), here: formatMoment(at) })}</p>}
    </div>
  );
};
