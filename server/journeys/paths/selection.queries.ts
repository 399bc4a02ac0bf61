// What narrows queries of the analytics copy that journeys ask.
import { isInSegments, type GatheredSegment, type Period } from "#customers";
import type { AnalyticsStore, AnalyticsValue } from "#platform/analytics";

/** Names are compared as written; the empty name means "not named". */
export type JourneySelection = Period & {
  workspaceId: string;
  channels: readonly string[] | null;
  /** Ids of the customers asked for; null for everybody. */
  customers: readonly string[] | null;
  /** Customers must be in one of these segments; null for everybody. */
  segments: readonly GatheredSegment[] | null;
};

export type JourneyQuery = {
  /** Conditions on columns of `experience` under their own names; facts and feelings alike, so add `record = ...`. */
  where: string;
  values: AnalyticsValue[];
  /** Adds a value. @returns its place, such as `$3` */
  bind: (value: AnalyticsValue) => string;
  time: (ms: number) => string;
  within: (period: Period) => string;
};

/** Begins a query: what narrows it, and its values as they are bound. */
export const startJourneyQuery = (analytics: AnalyticsStore, selection: JourneySelection, period: Period = selection): JourneyQuery => {
  const values: AnalyticsValue[] = [];
  const bind = (value: AnalyticsValue): string => `$${values.push(value)}`;
  // Times in the copy are UTC and carry no zone.
  const time = (ms: number): string => analytics.dialect.timestamp(bind(new Date(ms).toISOString().replace(/Z$/u, "")));
  const within = ({ fromMs, toMs }: Period): string => `${momentColumn} >= ${time(fromMs)} and ${momentColumn} < ${time(toMs)}`;
  const query = { values, bind, time, within };
  const conditions = [`workspace_id = cast(${bind(selection.workspaceId)} as uuid)`, within(period)];
  conditions.push(...ofSelection(query, selection));
  return { ...query, where: conditions.join(" and ") };
};

/** Conditions on what a selection asks for, whenever it was. */
export const ofSelection = (query: Pick<JourneyQuery, "bind">, selection: JourneySelection): string[] => [
  ...(selection.channels === null ? [] : [`coalesce(channel, '') in (${selection.channels.map((one) => query.bind(one)).join(", ")})`]),
  ...whose(query, selection),
];

/** Conditions on whose a row is: on `customer` and `customer_no`. */
export const whose = (query: Pick<JourneyQuery, "bind">, { customers, segments }: Pick<JourneySelection, "customers" | "segments">): string[] => [
  ...(customers === null ? [] : [isOneOf(query, "customer", customers)]),
  ...(segments === null ? [] : [isInSegments(segments)]),
];

/** That a column holds one of many ids. One text for all: a parameter each would take longer than the query, and reading them out of the text as a list of
 *  ids takes more than twice as long as cutting it. */
export const isOneOf = (query: Pick<JourneyQuery, "bind">, column: string, ids: readonly string[]): string =>
  ids.length === 0 ? "false" : `${column} in (select cast(unnest(string_split(cast(${query.bind(ids.join(","))} as varchar), ',')) as uuid))`;

// `at` is a word of the language to DuckDB, so it stands in quotes.
export const momentColumn = "\"at\"";

/** Texts that may hold anything, as a list. */
export const texts = (query: Pick<JourneyQuery, "bind">, given: readonly (string | null)[]): string => `from_json(${query.bind(JSON.stringify(given))}, '["varchar"]')`;

const ORDER_BITS = 20;

/** One whole number that orders interactions by time and, within a millisecond, by arrival. Counted from the start of the period, so that it stays small. */
export const orderedMoment = (query: JourneyQuery, { fromMs }: JourneySelection): string =>
  `(epoch_ms(${momentColumn}) - ${query.bind(fromMs)}) * ${2 ** ORDER_BITS} + seq % ${2 ** ORDER_BITS}`;

/** The milliseconds of such a number. */
export const millisecondsOf = (moment: string): string => `(${moment} >> ${ORDER_BITS})`;

/** Steps put in order anew over ten million interactions take some seconds; so may a busy machine. */
export const PATIENCE_MS = 60_000;
