import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { formatChange, formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import { verdictOf } from "../metrics/verdicts.ts";
import type { Measured, MeasuredTile, SplitName } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { NumberLink } from "./NumberLink.tsx";
import { groupPatch } from "./tile-links.ts";
import { countedIn, formatUnit, limitsOfUnit, toneOfDifference } from "./tile-scores.ts";
import { nameOfMetric, titleOf } from "./tile-words.ts";

type SplitTile = MeasuredTile & { split: SplitName };
type Breakdown = NonNullable<Measured["breakdown"]>;
const fewest = 10;
const steady = 30;

/** One score per group: as dots with their intervals, or as a table with the test against the rest. */
export const GroupsTile = ({ tile, numbers }: { tile: SplitTile; numbers: Measured }) => {
  const t = useTexts(dashboardsTexts);
  const { breakdown } = numbers;
  if (breakdown === null || breakdown.groups.length === 0) return <p className="quiet">{t(breakdown?.unit === "percent_over" ? "noCases" : "noAnswers")}</p>;
  return (
    <div className="tile-scroll" tabIndex={0} role="group" aria-label={titleOf(tile)}>
      {tile.chart === "table" ? <GroupTable tile={tile} breakdown={breakdown} /> : <Dots tile={tile} breakdown={breakdown} />}
    </div>
  );
};

const Dots = ({ tile, breakdown }: { tile: SplitTile; breakdown: Breakdown }) => {
  const { unit, groups, total, scale } = breakdown;
  const byKey = new Map(groups.map((group) => [group.value ?? "", group]));
  const rows = groups.map((group): IntervalRow => ({ key: group.value ?? "", label: nameOfGroup(tile.split, group), count: group.count, value: group.score, low: group.low, high: group.high, verdict: verdictOf(breakdown, group.versusRest) }));
  return (
    <IntervalRows
      label={titleOf(tile)}
      rows={rows}
      format={(value) => formatUnit(unit, value)}
      reference={tile.target ?? (total.count >= fewest ? total.score : null)}
      limits={limitsOfUnit(unit, scale)}
      counted={countedIn(unit)}
      link={(row, label) => <NumberLink tile={tile} patch={groupPatch(tile.split, byKey.get(row.key)?.value ?? null)}>{label}</NumberLink>}
    />
  );
};

const GroupTable = ({ tile, breakdown }: { tile: SplitTile; breakdown: Breakdown }) => {
  const t = useTexts(dashboardsTexts);
  const words = useTexts(metricsTexts);
  const { unit, groups } = breakdown;
  return (
    <table className="group-table" aria-label={titleOf(tile)}>
      <thead>
        <tr>
          <th scope="col">{nameOfSplit(tile.split)}</th>
          <th scope="col">{nameOfMetric(tile.metric)}</th>
          <th scope="col">95%</th>
          <th scope="col">{t("versusRest")}</th>
          <th scope="col">n</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const { value, count, score, low, high, versusRest } = group;
          const isHidden = count < fewest || score === null;
          return (
            <tr key={value ?? ""} className={isHidden || count < steady ? "group-faint" : undefined}>
              <th scope="row"><NumberLink tile={tile} patch={groupPatch(tile.split, value)}>{nameOfGroup(tile.split, group)}</NumberLink></th>
              <td className="group-score">{isHidden || score === null ? words("tooFew") : formatUnit(unit, score)}</td>
              <td>{isHidden || low === null || high === null ? "" : `${formatUnit(unit, low)} … ${formatUnit(unit, high)}`}</td>
              <td>{versusRest === null ? "" : <span className={toneOfDifference(breakdown, versusRest)}>{`${formatChange(versusRest.difference, 1)}${versusRest.isDifferent ? ` ${t("differs")}` : ""}`}</span>}</td>
              <td>{formatNumber(count)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
