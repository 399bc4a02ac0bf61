import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import type { Correction } from "./reports.data.ts";
import { type Circumstance, circumstances, type Dimension, dimensions } from "./response-groups.ts";
import { notNamed } from "../../ui/unnamed.ts";

export const views = ["questions", "drop-off", "compare", "crosstab", "weighting"] as const;
export type View = (typeof views)[number];
export const waveSteps = ["week", "month", "quarter", "version", "campaign", "wave"] as const;
export type WaveStep = (typeof waveSteps)[number];
const corrections = ["bonferroni", "benjamini_hochberg", "none"] as const satisfies readonly Correction[];

export type ReportSearch = {
  period: Period;
  view: View;
  filters: Readonly<Record<Dimension | Circumstance, string | undefined>>;
  /** A trait and its value, "plan=gold". */
  segment: string | undefined;
  /** Id of a contact list or live segment. */
  list: string | undefined;
  /** Ids of lists and segments side by side. */
  compared: readonly string[];
  isWeighted: boolean;
  question: string | undefined;
  by: string;
  waves: WaveStep;
  rows: string | undefined;
  columns: string | undefined;
  correction: Correction;
  /** Other surveys to count together with this one. */
  others: readonly string[];
};

/** What the address of a report says; anything unknown is as if it were not there. */
export const readReportSearch = (search: Search): ReportSearch => ({
  period: readPeriod(search, undefined, "all"),
  view: views.find((known) => known === search.view) ?? "questions",
  filters: {
    channel: search.channel, language: search.language, version: search.version, touchpoint: search.touchpoint, campaign: search.campaign, wave: search.wave,
    environment: search.environment, product: search.product, team: search.team, department: search.department, member: search.member,
  },
  segment: search.segment,
  list: search.list,
  compared: idsIn(search.compared),
  isWeighted: search.weighted === "yes",
  question: search.question,
  by: search.by ?? "channel",
  waves: waveSteps.find((known) => known === search.waves) ?? "month",
  rows: search.rows,
  columns: search.columns,
  correction: corrections.find((known) => known === search.correction) ?? "bonferroni",
  others: idsIn(search.others),
});

/** The bounds of the period. All time has none, so that nothing is left out. */
export const daysOf = ({ period }: ReportSearch): Query => (period.preset === "all" ? {} : { from: period.from, to: period.to });

/** Whether more than the period narrows the report. */
export const isNarrowed = ({ filters, segment, list }: ReportSearch): boolean =>
  segment !== undefined || list !== undefined || [...dimensions, ...circumstances].some((name) => filters[name] !== undefined);

/** The same question as the server wants to be asked. */
export const toReportQuery = (search: ReportSearch): Query => ({
  ...daysOf(search),
  ...Object.fromEntries([...dimensions, ...circumstances].map((name) => [name, asList(search.filters[name])])),
  trait: search.segment,
  segment: search.list,
  weighted: search.isWeighted ? "true" : undefined,
});

const idsIn = (text: string | undefined): readonly string[] => (text ?? "").split(",").filter((id) => id !== "");

const asList = (value: string | undefined): readonly string[] | undefined =>
  value === undefined || value === "" ? undefined : [value === notNamed ? "" : value];

/** Where the responses behind a number are: of the same period and channel. */
export const responsesOf = (surveyId: string, { filters, period }: ReportSearch, given: Search = {}): Record<string, string | undefined> => ({
  survey: surveyId, channel: filters.channel, ...(period.preset === "own" ? { from: period.from, to: period.to } : period.preset === "all" ? {} : { period: period.preset }), ...given,
});
