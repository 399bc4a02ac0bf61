import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";

export const tabs = ["graph", "flow", "variants", "funnel", "return"] as const;
export type Tab = (typeof tabs)[number];
export const levels = ["touchpoint", "name", "stage"] as const;
export const cuts = ["customer", "session", "object", "touchpoint"] as const;
export const modes = ["ordered", "strict", "any"] as const;
export const units = ["day", "week", "month"] as const;

/** Filters of paths that name one touchpoint each; the same words in the address and to the server. */
export const nameFilters = ["startsWith", "endsWith", "passes", "avoids", "repeats", "followsFirst", "followsThen"] as const;

export type PathsSearch = {
  period: Period;
  tab: Tab;
  segment: string | undefined;
  channel: string | undefined;
  level: (typeof levels)[number];
  cut: (typeof cuts)[number];
  gapMinutes: string | undefined;
  object: string | undefined;
  start: string | undefined;
  end: string | undefined;
  names: Readonly<Record<(typeof nameFilters)[number], string | undefined>>;
  followsHow: "directly" | "later";
  variant: string | undefined;
  /** 0–1. */
  detail: number;
  steps: readonly string[];
  mode: (typeof modes)[number];
  unit: (typeof units)[number];
  first: string | undefined;
  back: string | undefined;
};

/** What each part of the screen is given. */
export type ViewProps = { search: PathsSearch; names: readonly string[]; onChange: (patch: Search) => void };

/** What the lines of the graph say. */
export type EdgeMeasure = "count" | "medianS" | "customers";

const usualDetail = 0.4;
export const usualMinutes = 30;

/** What the address of the paths says; anything unknown is as if it were not there. */
export const readPathsSearch = (search: Search): PathsSearch => {
  const detail = Number(search.detail ?? usualDetail);
  return {
    period: readPeriod(search),
    tab: tabs.find((known) => known === search.tab) ?? "graph",
    segment: search.segment,
    channel: search.channel,
    level: levels.find((known) => known === search.level) ?? "touchpoint",
    cut: cuts.find((known) => known === search.cut) ?? "customer",
    gapMinutes: search.gapMinutes === undefined ? undefined : readMinutes(search.gapMinutes),
    object: search.object,
    start: search.start,
    end: search.end,
    names: { startsWith: search.startsWith, endsWith: search.endsWith, passes: search.passes, avoids: search.avoids, repeats: search.repeats, followsFirst: search.followsFirst, followsThen: search.followsThen },
    followsHow: search.followsHow === undefined ? "directly" : "later",
    variant: search.variant,
    detail: detail >= 0 && detail <= 1 ? detail : usualDetail,
    steps: readList(search.steps),
    mode: modes.find((known) => known === search.mode) ?? "ordered",
    unit: units.find((known) => known === search.unit) ?? "week",
    first: search.first,
    back: search.back,
  };
};

/** The same paths as the server wants to be asked for; null while what cuts them is not yet said. */
export const toPathsQuery = (search: PathsSearch): Query | null => {
  const { period, level, cut, gapMinutes, object, start, end, names, followsHow, variant, segment, channel } = search;
  if ((cut === "object" && object === undefined) || (cut === "touchpoint" && start === undefined && end === undefined)) return null;
  const { followsFirst, followsThen, ...others } = names;
  const follows = followsFirst === undefined || followsThen === undefined ? {} : { followsFirst, followsThen, followsHow };
  return {
    from: period.from, to: period.to, segment, channel, level, cut, variant, ...others, ...follows,
    ...(cut === "session" ? { gapMinutes } : {}), ...(cut === "object" ? { object } : {}), ...(cut === "touchpoint" ? { start, end } : {}),
  };
};

/** The search as the tab understands it: coming back is of customers, whatever cuts paths elsewhere. */
export const toShownSearch = (search: PathsSearch): PathsSearch => (search.tab === "return" ? { ...search, cut: "customer" } : search);

/** What returning customers are asked by: neither cut nor filters of paths. */
export const toReturnQuery = ({ period, segment, channel, level, unit, first, back }: PathsSearch): Query => ({ from: period.from, to: period.to, segment, channel, level, unit, first, back });

/** The period as an address of another screen says it. */
export const writePeriod = ({ preset, from, to }: Period): Search => (preset === "own" ? { from, to } : { period: preset });

/** Names may hold any sign, so a list of them stands in the address as JSON. */
export const writeList = (names: readonly string[]): string | undefined => (names.length === 0 ? undefined : JSON.stringify(names));

/** Minutes of silence as they were typed, for the address.
 *  @returns undefined for the usual ones and for what is no number of minutes */
export const readMinutes = (text: string): string | undefined => {
  const minutes = Math.min(100_000, Math.round(Number(text)));
  return minutes >= 1 && minutes !== usualMinutes ? String(minutes) : undefined;
};

const readList = (text: string | undefined): string[] => {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(read) ? read.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
};
