import { IconCalendarOff } from "@tabler/icons-react";
import { formatDayWithYear, isoDay } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { addDays } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { filterNames } from "./home-search.ts";
import { metricsTexts } from "./metrics.texts.ts";

type NothingHereProps = {
  span: { last: string | null };
  isFiltered: boolean;
  timeZone: string;
  onChange: (patch: Readonly<Record<string, string | undefined>>) => void;
};

/** There are answers, but not in this period or not with these filters: says where they are. */
export const NothingHere = ({ span, isFiltered, timeZone, onChange }: NothingHereProps) => {
  const t = useTexts(metricsTexts);
  const clear = Object.fromEntries(filterNames.map((name) => [name, undefined]));
  if (isFiltered) return <EmptyState icon={IconCalendarOff} title={t("noneFiltered")} action={{ label: t("clearFilters"), onClick: () => onChange(clear) }} />;
  if (span.last === null) return <EmptyState icon={IconCalendarOff} title={t("noAnswersPeriod")} />;
  const last = new Date(span.last);
  const to = addDays(isoDay(last, timeZone), 1);
  const action = { label: t("showNewest"), onClick: () => onChange({ period: undefined, from: addDays(to, -365), to }) };
  return <EmptyState icon={IconCalendarOff} title={t("noAnswersPeriod")} body={t("noneHere", { last: formatDayWithYear(last, timeZone) })} action={action} />;
};
