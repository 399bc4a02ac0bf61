import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { isoDay } from "../../ui/dates.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { addDays, type Period, readPeriod } from "../../ui/period.ts";
import { type ChoicesReply, feelingNames, type FeelingName } from "./outcomes.data.ts";

export type Grouping = FeelingName | `trait:${string}`;
export type OutcomesSearch = {
  period: Period;
  by: Grouping;
  /** Curves of the groups, or of all customers since their first purchase. */
  isGrouped: boolean;
  purchase: string | undefined;
  amount: string | undefined;
  days: string | undefined;
  adjust: string | undefined;
  bucket: "week" | "month";
  /** Group whose customers are open. */
  open: string | undefined;
  again: "true" | "false" | undefined;
  /** Cell of the cohorts whose customers are open: weeks or months after the one that starts on a day; null: of all. */
  cohort: { start: string | null; number: number } | null;
  /** Curve whose customers are open, on one of its days; the empty text for those of no group. */
  curve: { group: string; day: number } | null;
  isGone: boolean;
  movedPercent: number;
  discountPercent: number;
  cost: number | null;
};

/** What the address of the outcomes says; anything unknown is as if it were not there. */
export const readOutcomesSearch = (search: Search): OutcomesSearch => ({
  period: readPeriod(search, undefined, "12m"),
  by: readGrouping(search.by),
  isGrouped: search.curves !== "all",
  purchase: search.purchase,
  amount: search.amount,
  days: /^\d{1,4}$/u.test(search.days ?? "") ? search.days : undefined,
  adjust: search.adjust,
  bucket: search.bucket === "week" ? "week" : "month",
  open: search.open,
  again: search.again === "true" || search.again === "false" ? search.again : undefined,
  cohort: readCohort(search),
  curve: search.curve === undefined ? null : { group: search.curve === notNamed ? "" : search.curve, day: numberWithin(search.day, 0, 40_000) ?? 0 },
  isGone: search.gone === "yes",
  movedPercent: numberWithin(search.moved, 0, 100) ?? 10,
  discountPercent: numberWithin(search.discount, 0, 100) ?? 40,
  cost: numberWithin(search.cost, 0, 1e12),
});

/** Stands in the address for all cohorts together. */
export const allCohorts = "all";

const readCohort = ({ cohort, step }: Search): OutcomesSearch["cohort"] =>
  cohort !== undefined && (cohort === allCohorts || /^\d{4}-\d{2}-\d{2}$/u.test(cohort)) ? { start: cohort === allCohorts ? null : cohort, number: Math.trunc(numberWithin(step, 0, 1_200) ?? 1) } : null;

const readGrouping = (text: string | undefined): Grouping => {
  const trait = text?.startsWith("trait:") === true && text.length > "trait:".length ? text.slice("trait:".length) : null;
  return trait === null ? (feelingNames.find((name) => name === text) ?? "nps") : `trait:${trait}`;
};

const numberWithin = (text: string | undefined, low: number, high: number): number | null => {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= low && value <= high ? value : null;
};

type Known = Pick<ChoicesReply, "suggested" | "observedFrom">;

const toCounted = ({ purchase, days }: OutcomesSearch): Query => ({ purchase, days });

/** The days a question is about. "Last 30 days" are the last that leave time to see an outcome in, and are counted from the last fact; two dates are taken as they are.
 *  @param timesWatched how many times the days within which somebody comes back must fit behind the period */
const toPeriod = ({ period, days }: OutcomesSearch, { suggested, observedFrom }: Known, timesWatched: number): Query => {
  if (period.preset === "own") return { from: period.from, to: period.to };
  const last = isoDay(new Date(suggested.observedUntil));
  const { from, to } = readPeriod({ period: period.preset }, addDays(last, -timesWatched * Number(days ?? suggested.days)));
  const first = observedFrom === null ? from : isoDay(new Date(observedFrom));
  // What began before the first fact began with it; a young workspace has no such days at all, and the server says so.
  return { from: from < first && first < to ? first : from, to };
};

export const toGroupsQuery = (search: OutcomesSearch, known: Known): Query => ({
  ...toCounted(search), ...toPeriod(search, known, 1), by: search.by, amount: search.amount, adjust: search.adjust === undefined ? undefined : `trait:${search.adjust}`,
});
/** A curve by a feeling starts when the period ends, and nobody is seen to be gone until the days within which they may come back are over. */
export const toSurvivalQuery = (search: OutcomesSearch, known: Known): Query => ({
  ...toCounted(search), ...toPeriod(search, known, search.isGrouped && !search.by.startsWith("trait:") ? 2 : 0), by: search.isGrouped ? search.by : undefined,
});
export const toCohortsQuery = (search: OutcomesSearch, known: Known): Query => ({ ...toCounted(search), ...toPeriod(search, known, 0), amount: search.amount, bucket: search.bucket });
export const toCustomersQuery = (search: OutcomesSearch, known: Known): Query => ({ ...toGroupsQuery(search, known), group: search.open, again: search.again });
export const toCohortCustomersQuery = (search: OutcomesSearch, cohort: NonNullable<OutcomesSearch["cohort"]>, known: Known): Query => ({ ...toCohortsQuery(search, known), start: cohort.start ?? undefined, number: cohort.number, again: search.again ?? "true" });
export const toCurveCustomersQuery = (search: OutcomesSearch, curve: NonNullable<OutcomesSearch["curve"]>, known: Known): Query => ({
  ...toSurvivalQuery(search, known), group: search.isGrouped ? curve.group : undefined, day: Math.trunc(curve.day), state: search.isGone ? "gone" : "watched",
});
