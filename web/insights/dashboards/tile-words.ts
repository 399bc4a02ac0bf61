import { nameOfChannel } from "../../ui/channel-names.ts";
import { nameOfNone } from "../../ui/unnamed.ts";
import { alertsTexts } from "../alerts/alerts.texts.ts";
import { splitNames } from "../metrics/home-search.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import type { MeasuredTile, SplitName, Tile } from "./dashboards.data.ts";
import { measureOf } from "./fact-metrics.ts";
import { asName } from "../metrics/scores.ts";

const say = dashboardsTexts.say;
const known: Readonly<Record<string, string>> = metricsTexts.words;

/** A metric in few words; one without words of its own is called by its name. */
export const nameOfMetric = (metric: string): string => nameOfFact(metric) ?? known[`${metric}Short`] ?? known[metric] ?? asName(metric.replaceAll("_", " "));

const nameOfFact = (metric: string): string | undefined => {
  const measure = measureOf(metric);
  return measure === undefined ? undefined : alertsTexts.say(`fact_${measure}`);
};

export const nameOfBand = (band: string): string => known[band] ?? asName(band.replaceAll("_", " "));

const traitPrefix = "trait:";

// The name of a trait is written as the sender writes it.
const inTitle = (split: SplitName): string => (split.startsWith(traitPrefix) ? split.slice(traitPrefix.length) : nameOfSplit(split).toLowerCase());

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
      return say("byName", { metric, split: inTitle(tile.split) });
    case "heat":
      return say("byNameOverTime", { metric, split: inTitle(tile.split) });
    case "distribution":
      return say(measureOf(tile.metric) === undefined ? "spread" : "spreadOfCases", { metric });
    case "answers":
      return say(measureOf(tile.metric) === undefined ? "behind" : "casesOver", { metric });
  }
};

/** @param names of what filters hold by id; without them it is told how many were chosen */
export const describeFilters = (filters: MeasuredTile["filters"], names: ReadonlyMap<string, string> = new Map()): string =>
  Object.entries(filters)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => (name === "trait" ? describeTraits(values) : `${nameOfFilter(name)}: ${describeValues(name, values, names)}`))
    .join(" · ");

const isId = (value: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(value);

const describeValues = (by: string, values: readonly string[], names: ReadonlyMap<string, string>): string => {
  const nameless = values.filter((value) => isId(value) && !names.has(value));
  const told = values.filter((value) => !nameless.includes(value)).map((value) => (value === "" ? nameOfNone(by) : (names.get(value) ?? (by === "channel" ? nameOfChannel(value) : asName(value)))));
  return [...told, ...(nameless.length === 0 ? [] : [say("chosen", { n: nameless.length })])].join(", ");
};

const nameOfFilter = (name: string): string => {
  const split = splitNames.find((one) => one === name);
  return split === undefined ? asName(name) : nameOfSplit(split);
};

const describeTraits = (filters: readonly string[]): string => [...groupTraits(filters)].map(([name, values]) => `${name}: ${values.join(", ")}`).join(" · ");

/** Filters by traits, written `name=value`, as the values wanted of each trait. */
export const groupTraits = (filters: readonly string[]): Map<string, string[]> => {
  const wanted = new Map<string, string[]>();
  for (const filter of filters) {
    const at = filter.indexOf("=");
    if (at > 0) wanted.set(filter.slice(0, at), [...(wanted.get(filter.slice(0, at)) ?? []), filter.slice(at + 1)]);
  }
  return wanted;
};
