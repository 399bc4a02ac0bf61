import { use } from "react";
import { useNavigate } from "@tanstack/react-router";
import { Trend } from "../../ui/charts/Trend.tsx";
import { formatDay, formatMonth, isoDay } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { placeNotes } from "../annotations/annotation-place.ts";
import type { Annotation } from "../annotations/annotations.data.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import { listBreakEvents, TrendBreaks } from "../metrics/TrendBreaks.tsx";
import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { TileLinks } from "./tile-links.ts";
import { countedIn, formatUnit, limitsOfUnit } from "./tile-scores.ts";
import { nameOfMetric } from "./tile-words.ts";

const fewest = 10;

/** The course of one score with its interval, what happened, where it must not be read across, and what is to be reached. */
export const TrendTile = ({ tile, numbers, annotations }: { tile: MeasuredTile; numbers: Measured; annotations: readonly Annotation[] }) => {
  const t = useTexts(metricsTexts);
  const words = useTexts(dashboardsTexts);
  const open = use(TileLinks);
  const navigate = useNavigate();
  const { trend, breaks } = numbers;
  if (trend === null || trend.points.every(({ count }) => count === 0)) return <p className="quiet">{words(trend?.unit === "percent_over" ? "noCases" : "noAnswers")}</p>;
  const { points, timeZone, bucket, scale, unit } = trend;
  const starts = points.map(({ from }) => new Date(from));
  const events = placeNotes(annotations, starts, (start) => isoDay(start, timeZone));
  return (
    <>
    <Trend
      label={t("trendLabel", { metric: nameOfMetric(tile.metric) })}
      points={points.map(({ from, count, score, low, high }) => {
        const isHidden = count < fewest;
        return { at: new Date(from), value: isHidden ? null : score, low: isHidden ? null : low, high: isHidden ? null : high, count };
      })}
      format={(value) => formatUnit(unit, value)}
      events={[...events, ...listBreakEvents(breaks ?? [])]}
      limits={limitsOfUnit(unit, scale)}
      target={tile.target}
      counted={countedIn(unit)}
      heightMin={96}
      nameDay={(at) => (bucket === "month" ? formatMonth(at, timeZone) : formatDay(at, timeZone))}
      {...(open === null ? {} : {
        onOpen: ({ at }) => {
          const until = points.find(({ from }) => Date.parse(from) === at.getTime())?.to;
          void navigate({ to: ".", search: (before: object) => ({ ...before, ...open(tile, { at: at.toISOString(), until }) }), resetScroll: false });
        },
      })}
    />
    <TrendBreaks breaks={breaks ?? []} timeZone={timeZone} />
    </>
  );
};
