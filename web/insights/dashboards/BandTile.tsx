import { Bars } from "../../ui/charts/Bars.tsx";
import { HeatMap } from "../../ui/charts/HeatMap.tsx";
import { StackedBars } from "../../ui/charts/StackedBars.tsx";
import { formatDay, formatMonth } from "../../ui/dates.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import type { Measured, MeasuredTile, SplitName } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { NumberLink } from "./NumberLink.tsx";
import { groupPatch } from "./tile-links.ts";
import { countedIn, formatUnit, isUpwards, toneOfName } from "./tile-scores.ts";
import { nameOfBand, titleOf } from "./tile-words.ts";

type SplitTile = MeasuredTile & { split: SplitName };

/** How the answers of each group fall into bands. */
export const StackedTile = ({ tile, numbers }: { tile: SplitTile; numbers: Measured }) => {
  const t = useTexts(dashboardsTexts);
  const words = useTexts(metricsTexts);
  const bands = numbers.bands ?? [];
  if (bands.length === 0) return <p className="quiet">{t("noAnswers")}</p>;
  const values = new Map(bands.map(({ value }) => [value ?? "", value]));
  return (
    <div className="tile-scroll" tabIndex={0} role="group" aria-label={titleOf(tile)}>
      <StackedBars
        label={titleOf(tile)}
        rows={bands.map((row) => ({
          key: row.value ?? "",
          label: nameOfGroup(tile.split, row),
          count: row.count,
          parts: row.bands.toReversed().map(({ name, count, share }) => ({ key: name, label: nameOfBand(name), count, share, tone: toneOfName(name) })),
        }))}
        link={(row, label) => <NumberLink tile={tile} patch={groupPatch(tile.split, values.get(row.key) ?? null)} label={`${row.label}: ${words("answers", { count: row.count })}`}>{label}</NumberLink>}
      />
    </div>
  );
};

/** One score of every group over time. */
export const HeatTile = ({ tile, numbers, timeZone }: { tile: SplitTile; numbers: Measured; timeZone: string }) => {
  const t = useTexts(dashboardsTexts);
  const rows = numbers.heat ?? [];
  const first = rows[0]?.points ?? [];
  const { breakdown } = numbers;
  if (breakdown === null || first.length === 0) return <p className="quiet">{t(numbers.fact === null ? "noAnswers" : "noCases")}</p>;
  const { unit, scale, total } = breakdown;
  const isLong = spanDays(first) > 200;
  const values = new Map(rows.map(({ value }) => [value ?? "", value]));
  const ends = new Map(first.map(({ from, to }) => [from, to]));
  return (
    <div className="tile-scroll" tabIndex={0} role="group" aria-label={titleOf(tile)}>
      <HeatMap
        label={titleOf(tile)}
        columns={first.map(({ from }) => ({ key: from, label: isLong ? formatMonth(new Date(from), timeZone) : formatDay(new Date(from), timeZone) }))}
        rows={rows.map((row) => ({ key: row.value ?? "", label: nameOfGroup(tile.split, row), cells: row.points.map(({ from, score, count }) => ({ key: from, value: score, count })) }))}
        format={(value) => formatUnit(unit, value)}
        middle={tile.target ?? total.score ?? 0}
        isMoreBetter={isUpwards(unit, scale)}
        counted={countedIn(unit)}
        link={(row, cell, text) => {
          const group = groupPatch(tile.split, values.get(row.key) ?? null);
          return <NumberLink tile={tile} patch={group && { ...group, at: cell.key, until: ends.get(cell.key) }}>{text}</NumberLink>;
        }}
      />
    </div>
  );
};

const spanDays = (points: readonly { from: string }[]): number => (Date.parse(points.at(-1)?.from ?? "") - Date.parse(points[0]?.from ?? "")) / 86_400_000;

/** How often each value of the scale was given. */
export const DistributionTile = ({ tile, numbers }: { tile: MeasuredTile; numbers: Measured }) => {
  const t = useTexts(dashboardsTexts);
  const words = useTexts(metricsTexts);
  const { summary } = numbers;
  if (summary === null || summary.count === 0) return <p className="quiet">{t("noAnswers")}</p>;
  return (
    <div className="distribution-tile tile-scroll" tabIndex={0} role="group" aria-label={titleOf(tile)}>
      <Bars
        label={titleOf(tile)}
        direction="standing"
        height={150}
        format={(share) => formatShare(share)}
        bars={summary.distribution.map(({ value, share }) => ({ key: String(value), label: formatNumber(value), value: share, tone: "brand" }))}
      />
      <ul className="band-list">
        {summary.bands.map(({ name, share }) => (
          <li key={name}>
            <i className={`tone-${toneOfName(name)}`} aria-hidden />
            <NumberLink tile={tile} patch={{ band: name }}>{`${nameOfBand(name)} ${formatShare(share)}`}</NumberLink>
          </li>
        ))}
        <li className="quiet">{words("answers", { count: summary.count })}</li>
      </ul>
    </div>
  );
};
