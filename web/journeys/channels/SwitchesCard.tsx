import { NativeSelect } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { channelName, shareText } from "./channel-words.ts";
import { gapChoices } from "./channels-search.ts";
import type { SwitchesReply } from "./channels.data.ts";
import { channelsTexts } from "./channels.texts.ts";
import { HeatTable } from "./HeatTable.tsx";

type SwitchesCardProps = { switches: SwitchesReply; gapDays: string; onGap: (days: string) => void };

/** Which channel follows which: a matrix, coloured without its diagonal, which would outshine all else. */
export const SwitchesCard = ({ switches, gapDays, onGap }: SwitchesCardProps) => {
  const t = useTexts(channelsTexts);
  const { channels, moves, otherMoves } = switches;
  const counts = new Map(moves.map((move) => [JSON.stringify([move.from, move.to]), move]));
  const leaving = new Map(channels.map((from) => [from, moves.reduce((sum, move) => (move.from === from ? sum + move.moves : sum), 0)]));
  const most = moves.filter(({ from, to }) => from !== to).toSorted((one, other) => other.moves - one.moves)[0];
  const rows = channels.map((from) => ({
    key: from, label: channelName(from),
    cells: channels.map((to) => {
      const move = counts.get(JSON.stringify([from, to])) ?? { moves: 0, customers: 0 };
      const tip = t("moveTip", { from: channelName(from), to: channelName(to), moves: move.moves, customers: move.customers, share: shareText(move.moves, leaving.get(from) ?? 0) });
      return { key: to, value: move.moves, tip, isQuiet: from === to };
    }),
  }));
  return (
    <Card span={7} title={t("switches")} subtitle={t("switchesBody")}
      aside={<NativeSelect size="xs" w={110} flex="none" aria-label={t("gap")} title={t("gap")} value={gapDays} onChange={(event) => onGap(event.currentTarget.value)}
        data={gapChoices.map((days) => ({ value: days, label: t("gapDays", { count: Number(days) }) }))} />}>
      {channels.length === 0 ? <p className="quiet">{t("noSwitches")}</p> : (
        <>
          <HeatTable label={t("switches")} corner={t("fromTo")} columns={channels.map((key) => ({ key, label: channelName(key) }))} rows={rows} />
          <p className="channel-note">
            {most !== undefined && t("biggest", { from: channelName(most.from), to: channelName(most.to), count: most.moves })}
            {otherMoves > 0 && ` ${t("otherMoves", { n: otherMoves })}`}
          </p>
        </>
      )}
    </Card>
  );
};
