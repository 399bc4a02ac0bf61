import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import { type PathFilter, readFilters, readList, stepKinds, toFilterQuery, withoutKinds } from "./path-filters.ts";

export const tabs = ["graph", "flow", "variants", "funnel", "return"] as const;
export type Tab = (typeof tabs)[number];
export const levels = ["touchpoint", "name", "stage"] as const;
export const cuts = ["customer", "session", "object", "touchpoint"] as const;
export const modes = ["ordered", "strict", "any"] as const;
export const units = ["day", "week", "month"] as const;

/** Hours without a step that count as a silence. */
export const silenceChoices = ["24", "72", "168", "336", "720", "2160"] as const;
const usualSilence = "168";

export type PathsSearch = {
  period: Period;
  tab: Tab;
  level: (typeof levels)[number];
  cut: (typeof cuts)[number];
  gapMinutes: string | undefined;
  object: string | undefined;
  start: readonly string[];
  end: readonly string[];
  filters: readonly PathFilter[];
  silence: (typeof silenceChoices)[number];
  /** 0–1; null until somebody chose: as much as can be read. */
  detail: number | null;
  /** Of the funnel; null until somebody chose. */
  steps: readonly string[] | null;
  mode: (typeof modes)[number];
  unit: (typeof units)[number];
  first: string | undefined;
  back: string | undefined;
};

/** What each part of the screen is given. */
export type ViewProps = { search: PathsSearch; names: readonly string[]; onChange: Change };
/** Changes the address; what narrows the paths is a place in the browser's history, so that going back undoes it. */
export type Change = (patch: Search, how?: { replace?: boolean }) => void;

/** What the lines of the graph say. */
export const edgeMeasures = ["count", "medianS", "meanS", "p90S", "customers"] as const;
export type EdgeMeasure = (typeof edgeMeasures)[number];

export const usualMinutes = 30;

/** What the address of the paths says; anything unknown is as if it were not there. */
export const readPathsSearch = (search: Search): PathsSearch => {
  const detail = search.detail === undefined ? Number.NaN : Number(search.detail);
  return {
    period: readPeriod(search),
    tab: tabs.find((known) => known === search.tab) ?? "graph",
    level: levels.find((known) => known === search.level) ?? "touchpoint",
    cut: cuts.find((known) => known === search.cut) ?? "customer",
    gapMinutes: search.gapMinutes === undefined ? undefined : readMinutes(search.gapMinutes),
    object: search.object,
    start: readList(search.start),
    end: readList(search.end),
    filters: readFilters(search),
    silence: silenceChoices.find((known) => known === search.silence) ?? usualSilence,
    detail: detail >= 0 && detail <= 1 ? detail : null,
    steps: search.steps === undefined ? null : readList(search.steps),
    mode: modes.find((known) => known === search.mode) ?? "ordered",
    unit: units.find((known) => known === search.unit) ?? "week",
    first: search.first,
    back: search.back,
  };
};

/** Which paths are meant, whatever is asked about them. */
export type PathsMeant = Pick<PathsSearch, "period" | "level" | "cut" | "gapMinutes" | "object" | "start" | "end" | "filters">;

/** The same paths as the server wants to be asked for; null while what cuts them is not yet said. */
export const toPathsQuery = ({ period, level, cut, gapMinutes, object, start, end, filters }: PathsMeant): Query | null => {
  if ((cut === "object" && object === undefined) || (cut === "touchpoint" && start.length + end.length === 0)) return null;
  return {
    from: period.from, to: period.to, level, cut, ...toFilterQuery(filters),
    ...(cut === "session" ? { gapMinutes } : {}), ...(cut === "object" ? { object } : {}), ...(cut === "touchpoint" ? { start: [...start], end: [...end] } : {}),
  };
};

/** What holds for every question about journeys, whatever a path is. */
export const toJourneyQuery = ({ period, level, filters }: PathsMeant): Query => ({ from: period.from, to: period.to, level, ...toFilterQuery(filters.filter(isOfJourneys)) });

const isOfJourneys = ({ kind }: PathFilter): boolean => kind === "segment" || kind === "channel";

/** What coming back is asked by: the same paths; null while what cuts them is not yet said. */
export const toReturnQuery = (search: PathsSearch): Query | null => {
  const query = toPathsQuery(search);
  return query === null ? null : { ...query, unit: search.unit, first: search.first, back: search.back };
};

/** What silences are asked by. A visit ends by one, so they are looked for on all of a customer's way then. */
export const toSilencesQuery = (search: PathsSearch): Query | null => {
  const query = toPathsQuery(search.cut === "session" ? { ...search, cut: "customer" } : search);
  return query === null ? null : { ...query, longerThanHours: search.silence };
};

/** Names of one level mean nothing on another. */
export const withoutNames: Search = { ...withoutKinds(stepKinds), steps: undefined, start: undefined, end: undefined, first: undefined, back: undefined };

/** The address of the effects of the same paths. */
export const toEffectsAddress = (search: Search): Search => ({ ...search, tab: undefined });

/** The address with everything that narrows the paths taken away. */
export const withoutFilters: Search = {
  ...withoutNames, ...withoutKinds(["segment", "channel", "property", "trait"]), cut: undefined, level: undefined, from: undefined, to: undefined,
};

export const isNarrowed = ({ filters, level, cut, period }: PathsMeant): boolean => filters.length > 0 || level !== "touchpoint" || cut !== "customer" || period.preset === "own";

/** The period as an address of another screen says it. */
export const writePeriod = ({ preset, from, to }: Period): Search => (preset === "own" ? { from, to } : { period: preset });

/** The address of a map drawn from these paths: it shows the time, the segment and the channel they were found in, as far as maps know them. */
export const toMapAddress = ({ period, filters }: PathsMeant): Search => ({
  ...writePeriod(period),
  segment: filters.flatMap((one) => (one.kind === "segment" ? [one.id] : []))[0],
  channel: filters.flatMap((one) => (isKeptByMap(one) && one.kind === "channel" ? one.names : []))[0],
});

/** Whether a map drawn from these paths is measured from more than them: maps know no visits, and no filters by steps. */
export const isWidenedByMap = ({ cut, filters }: PathsMeant): boolean => cut !== "customer" || !filters.every(isKeptByMap);

const isKeptByMap = (filter: PathFilter): boolean => filter.kind === "segment" || (filter.kind === "channel" && filter.names.length === 1);

/** Minutes of silence as they were typed, for the address.
 *  @returns undefined for the usual ones and for what is no number of minutes */
export const readMinutes = (text: string): string | undefined => {
  const minutes = Math.min(100_000, Math.round(Number(text)));
  return minutes >= 1 && minutes !== usualMinutes ? String(minutes) : undefined;
};
