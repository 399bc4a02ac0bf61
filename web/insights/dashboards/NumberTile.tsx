import { DistributionBar, type Part } from "../../ui/charts/DistributionBar.tsx";
import { Sparkline } from "../../ui/charts/Sparkline.tsx";
import { Delta } from "../../ui/Delta.tsx";
import { useTexts } from "../../ui/texts.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { NumberLink } from "./NumberLink.tsx";
import { countedIn, formatUnit, isUpwards, toneOfName } from "./tile-scores.ts";
import { nameOfBand, titleOf } from "./tile-words.ts";

const fewest = 10;

/** One score, large, with its change, course, interval and how far it is from its target. */
export const NumberTile = ({ tile, numbers }: { tile: MeasuredTile; numbers: Measured }) => {
  const t = useTexts(dashboardsTexts);
  const words = useTexts(metricsTexts);
  const { summary, trend } = numbers;
  if (summary === null || summary.count === 0) return <p className="quiet">{t(summary?.unit === "percent_over" ? "noCases" : "noAnswers")}</p>;
  const { unit, scale, count, score, low, high, change } = summary;
  const counted = countedIn(unit) === "cases" ? t("cases", { count }) : words("answers", { count });
  const isHidden = count < fewest || score === null;
  const shown = isHidden || score === null ? words("tooFew") : formatUnit(unit, score);
  const isBad = change?.isSignificant === true && change.difference !== null && change.difference > 0 !== isUpwards(unit, scale);
  const parts = summary.bands.toReversed().map(({ name, count: ofBand }): Part => ({ key: name, label: nameOfBand(name), count: ofBand, tone: toneOfName(name) }));
  return (
    <div className={`stat number-tile tile-${summary.evidence}`}>
      <div className="stat-line">
        <span className="stat-numbers">
          <span className="stat-value">
            <NumberLink tile={tile} patch={{}} label={t(countedIn(unit) === "cases" ? "openCases" : "openNumber", { name: titleOf(tile), value: shown })} {...(isHidden ? { className: "tile-blank" } : {})}>{shown}</NumberLink>
          </span>
          {!isHidden && change !== null && change.difference !== null && (
            <Delta change={change.difference} isSignificant={change.isSignificant} isMoreBetter={isUpwards(unit, scale)} digits={unit === "scale" ? 2 : 1} />
          )}
        </span>
        {!isHidden && <Sparkline values={(trend?.points ?? []).map((point) => (point.count < fewest ? null : point.score))} tone={isBad ? "bad" : "brand"} />}
      </div>
      {!isHidden && parts.length > 0 && (
        <DistributionBar
          label={`${titleOf(tile)}: ${counted}`}
          parts={parts}
          link={(part, bar) => <NumberLink tile={tile} patch={{ band: part.key }} label={words("openBand", { band: part.label })}>{bar}</NumberLink>}
        />
      )}
      <div className="stat-note">
        {count < fewest ? (countedIn(unit) === "cases" ? t("tooFewCases", { count }) : words("tooFewNote", { count })) : (
          <span className="numeric">
            {low !== null && high !== null && `${words("note", { low: formatUnit(unit, low), high: formatUnit(unit, high) })} · `}
            {counted}
            {summary.evidence === "indicative" && ` · ${words("indicativeNote")}`}
          </span>
        )}
        {tile.target !== null && !isHidden && score !== null && <TargetNote unit={unit} target={tile.target} score={score} isMoreBetter={isUpwards(unit, scale)} />}
      </div>
    </div>
  );
};

type TargetNoteProps = { unit: NonNullable<Measured["summary"]>["unit"]; target: number; score: number; isMoreBetter: boolean };

const TargetNote = ({ unit, target, score, isMoreBetter }: TargetNoteProps) => {
  const t = useTexts(dashboardsTexts);
  const isMet = isMoreBetter ? score >= target : score <= target;
  return (
    <span className={isMet ? "target-met" : "target-missed"}>
      {" · "}
      {isMet ? t("targetMet", { target: formatUnit(unit, target) }) : t("targetMissed", { target: formatUnit(unit, target), by: formatUnit(unit, Math.abs(target - score)) })}
    </span>
  );
};
