import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import type { Column } from "../../ui/table.ts";
import { useTexts } from "../../ui/texts.ts";
import { channelName, shareText } from "./channel-words.ts";
import type { ChannelsReply, ChannelUse, DevicesReply } from "./channels.data.ts";
import { channelsTexts } from "./channels.texts.ts";
import { ChannelsDefinition } from "./ChannelsDefinition.tsx";

type UseCardProps = { use: ChannelsReply; devices: DevicesReply | undefined; hasDevicesFailed: boolean };

/** One row per channel: how much, by whom, on which device, and who left from there. */
export const UseCard = ({ use, devices, hasDevicesFailed }: UseCardProps) => {
  const t = useTexts(channelsTexts);
  const ofDevice = new Map((devices?.channels ?? []).map((one) => [one.channel, one]));
  const share = (key: string, label: string, count: (row: ChannelUse) => { part: number; whole: number }): Column<ChannelUse> => ({
    key, label, align: "end", isSortable: true,
    value: (row) => (count(row).whole === 0 ? null : count(row).part / count(row).whole),
    render: (row) => <span className="channel-part" title={t("of", { part: count(row).part, whole: count(row).whole })}>{shareText(count(row).part, count(row).whole)}</span>,
  });
  const columns: Column<ChannelUse>[] = [
    { key: "channel", label: t("channel"), isFixed: true, isSortable: true, value: ({ channel }) => channelName(channel), render: ({ channel }) => channel === "" ? <span className="quiet">{channelName(channel)}</span> : channelName(channel) },
    { key: "meetings", label: t("meetings"), align: "end", isSortable: true, value: ({ meetings }) => meetings, render: ({ meetings }) => formatNumber(meetings) },
    { key: "customers", label: t("customers"), align: "end", isSortable: true, value: ({ customers }) => customers, render: ({ customers }) => formatNumber(customers) },
    share("lone", t("lone"), ({ loneCustomers, customers }) => ({ part: loneCustomers, whole: customers })),
    share("selfService", t("selfService"), ({ selfService, human }) => ({ part: selfService, whole: selfService + human })),
    share("mobile", t("mobile"), ({ channel }) => ({ part: ofDevice.get(channel)?.mobile ?? 0, whole: ofDevice.get(channel)?.known ?? 0 })),
    share("droppedOff", t("droppedOff"), ({ droppedOff, lastSeenBefore }) => ({ part: droppedOff, whole: lastSeenBefore })),
  ];
  const { read, all } = use.touchpointsRead;
  return (
    <Card span={12} title={t("use")} subtitle={t("useBody", { meetings: use.meetings, customers: use.customers })} aside={<ChannelsDefinition />}>
      <DataTable name="channels" label={t("use")} columns={columns} rows={use.channels} rowKey={({ channel }) => channel} maxHeight={480} />
      <p className="channel-note">
        {hasDevicesFailed ? t("devicesFailed") : t("sample", { count: devices?.perChannel ?? 0 })}
        {use.otherChannels > 0 && ` ${t("others", { count: use.otherChannels })}`}
        {read < all && ` ${t("notAllRead", { read, all })}`}
      </p>
    </Card>
  );
};
