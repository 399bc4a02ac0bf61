import { metricsTexts } from "../metrics/metrics.texts.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import type { MeasuredTile, SplitName, Tile } from "./dashboards.data.ts";
import { asName } from "../metrics/scores.ts";

const say = dashboardsTexts.say;
const known: Readonly<Record<string, string>> = metricsTexts.words;

/** A metric in few words; one without words of its own is called by its name. */
export const nameOfMetric = (metric: string): string => known[`${metric}Short`] ?? known[metric] ?? asName(metric.replaceAll("_", " "));

export const nameOfBand = (band: string): string => known[band] ?? asName(band.replaceAll("_", " "));

export const nameOfSplit = (split: string): string => known[split] ?? asName(split.replaceAll("_", " "));

/** The title a member gave a tile, or what it shows. */
export const titleOf = (tile: Tile): string => (tile.title === "" ? usualTitle(tile) : tile.title);

const usualTitle = (tile: Tile): string => {
  if (tile.chart === "note") return say("note");
  const metric = nameOfMetric(tile.metric);
  switch (tile.chart) {
    case "number":
      return metric;
    case "trend":
      return say("overTime", { metric });
    case "bars":
    case "table":
    case "stacked":
      return say("byName", { metric, split: nameOfSplit(tile.split).toLowerCase() });
    case "heat":
      return say("byNameOverTime", { metric, split: nameOfSplit(tile.split).toLowerCase() });
    case "distribution":
      return say("spread", { metric });
    case "answers":
      return say("behind", { metric });
  }
};

export const describeFilters = (filters: MeasuredTile["filters"]): string =>
  Object.entries(filters)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${nameOfSplit(name)}: ${values.map((value) => (value === "" ? metricsTexts.say("notNamed") : asName(value))).join(", ")}`)
    .join(" · ");

export const nameOfGroup = ({ value, label }: { value: string | null; label: string | null }): string =>
  value === null ? metricsTexts.say("notNamed") : asName(label ?? value);

export const isSplit = (tile: Tile): tile is Extract<Tile, { split: SplitName }> => "split" in tile;
