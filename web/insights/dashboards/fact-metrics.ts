import { measureNames, type MeasureName } from "../need-facts/need-facts.data.ts";
import type { FactKey, TileMetric } from "./dashboards.data.ts";

/** The measure of a need from facts that a tile shows; undefined where it shows a metric. */
export const measureOf = (metric: string): MeasureName | undefined => measureNames.find((measure) => metric === `fact_${measure}`);

export const isFactKey = (metric: TileMetric): metric is FactKey => measureOf(metric) !== undefined;

/** How cases over a limit can be drawn. */
export const factCharts = ["number", "trend", "bars", "table", "heat", "distribution", "answers"] as const;
