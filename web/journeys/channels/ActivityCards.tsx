import { NativeSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { channelName, shareText, weekdayName } from "./channel-words.ts";
import type { ActivityReply } from "./channels.data.ts";
import { channelsTexts } from "./channels.texts.ts";
import { HeatTable } from "./HeatTable.tsx";

type Group = ActivityReply["groups"][number];

const keyOf = ({ segment }: Group): string => segment?.id ?? "";
const nameOf = ({ segment }: Group): string => segment?.name ?? channelsTexts.say("everybody");

/** Which segment is met through which channel. */
export const WhereCard = ({ activity }: { activity: ActivityReply }) => {
  const t = useTexts(channelsTexts);
  const { channels, groups } = activity;
  const rows = groups.map((group) => ({
    key: keyOf(group), label: nameOf(group),
    cells: channels.map((channel) => {
      const { customers = 0, meetings = 0 } = group.byChannel.find((one) => one.channel === channel) ?? {};
      const tip = t("activityTip", { group: nameOf(group), channel: channelName(channel), part: customers, whole: group.customers, meetings });
      return { key: channel, value: group.customers === 0 ? 0 : customers / group.customers, text: shareText(customers, group.customers), tip };
    }),
  }));
  return (
    <Card span={12} title={t("activity")} subtitle={t("activityBody")}>
      <HeatTable label={t("activity")} corner={t("group")} columns={channels.map((key) => ({ key, label: channelName(key) }))} rows={rows} />
      {groups.length === 1 && <p className="channel-note">{t("noSegments")} <Link to="/segments">{t("makeSegment")}</Link></p>}
    </Card>
  );
};

type WhenCardProps = { activity: ActivityReply; chosen: string | undefined; onChoose: (segmentId: string | undefined) => void };

/** In which hours of the week a segment is met. */
export const WhenCard = ({ activity, chosen, onChoose }: WhenCardProps) => {
  const t = useTexts(channelsTexts);
  const { groups, timeZone } = activity;
  const group = groups.find((one) => keyOf(one) === chosen) ?? groups[0];
  if (group === undefined) return null;
  const busiest = group.byHour.indexOf(Math.max(...group.byHour));
  const rows = Array.from({ length: 7 }, (_, weekday) => ({
    key: String(weekday), label: weekdayName(weekday, "short"),
    cells: group.byHour.slice(weekday * 24, weekday * 24 + 24).map((count, hour) => ({ key: String(hour), value: count, tip: t("hourTip", { day: weekdayName(weekday, "long"), hour, count }) })),
  }));
  return (
    <Card span={12} title={t("hours")} subtitle={t("hoursBody", { timeZone })}
      aside={groups.length > 1 && <NativeSelect size="xs" w={180} flex="none" aria-label={t("hoursOf")} value={keyOf(group)} onChange={(event) => onChoose(event.currentTarget.value || undefined)}
        data={groups.map((one) => ({ value: keyOf(one), label: nameOf(one) }))} />}>
      <HeatTable label={t("hours")} corner={t("weekday")} isNarrow columns={Array.from({ length: 24 }, (_, hour) => ({ key: String(hour), label: String(hour) }))} rows={rows} />
      {group.meetings > 0 && <p className="channel-note">{t("busiest", { day: weekdayName(Math.floor(busiest / 24), "long"), hour: busiest % 24, next: (busiest % 24) + 1 })}</p>}
    </Card>
  );
};
