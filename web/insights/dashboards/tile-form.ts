import type { ChartName, MeasuredTile, SplitName, Tile, TileMetric } from "./dashboards.data.ts";
import { factCharts, isFactKey } from "./fact-metrics.ts";

export const charts = ["number", "trend", "bars", "table", "stacked", "heat", "distribution", "answers", "note"] as const satisfies readonly ChartName[];

/** Everything a tile can say, so that changing how it is drawn loses nothing that was chosen. */
export type TileForm = Omit<MeasuredTile, "chart" | "place" | "metric"> & {
  metric: TileMetric;
  chart: ChartName; split: SplitName; bucket: "day" | "week" | "month" | null; hasWordsOnly: boolean; text: string; place: Tile["place"];
};

export const toForm = (tile: Tile | "new"): TileForm => (tile === "new" ? { ...usual, id: crypto.randomUUID() } : { ...usual, ...tile });

const usual: TileForm = {
  chart: "number", id: "", title: "", metric: "nps", filters: {}, period: null, isWeighted: false, target: null, split: "channel", bucket: null, hasWordsOnly: false, text: "",
  place: { x: 0, y: 0, w: 4, h: 3 },
};

/** A form whose metric can be drawn as it says. */
export const drawable = (form: TileForm): TileForm =>
  !isFactKey(form.metric) || form.chart === "note" || factCharts.some((chart) => chart === form.chart) ? form : { ...form, chart: "number" };

/** What the server takes. */
export const targetLimits = { min: -1000, max: 1000 } as const;

/** The tile a form says, as it may be asked for at any moment: while somebody types, a target counts as the nearest one that can be. */
export const toTile = ({ chart, id, title, place, text, metric, filters, period, isWeighted, target, split, bucket, hasWordsOnly }: TileForm): Tile => {
  const every = { id, title: title.trim(), place };
  const possible = target === null ? null : Math.min(targetLimits.max, Math.max(targetLimits.min, target));
  const shared = { ...every, filters: Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0)), period, isWeighted, target: possible };
  if (chart === "note") return { chart, ...every, text };
  if (isFactKey(metric)) {
    const counted = { ...shared, metric, isWeighted: false };
    if (chart === "trend") return { chart, ...counted, bucket };
    if (chart === "heat") return { chart, ...counted, split, bucket };
    if (chart === "bars" || chart === "table") return { chart, ...counted, split };
    return chart === "answers" ? { chart, ...counted, hasWordsOnly: false } : { chart: chart === "distribution" ? chart : "number", ...counted };
  }
  const measured = { ...shared, metric };
  switch (chart) {
    case "trend":
      return { chart, ...measured, bucket };
    case "heat":
      return { chart, ...measured, split, bucket };
    case "bars":
    case "table":
    case "stacked":
      return { chart, ...measured, split };
    case "answers":
      return { chart, ...measured, hasWordsOnly };
    case "number":
    case "distribution":
      return { chart, ...measured };
  }
};
