// Ways to split answers, as pieces of queries.
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { DimensionName } from "./metrics.contract.ts";
import { dimensions, localTime, weekdayOf, type Split } from "./metrics.queries.ts";
import { isWithin, spanRows, uuids } from "./people.queries.ts";

export const byDimension = (by: DimensionName): Split => () => ({ name: dimensions[by], join: "" });

/** Language or emotion of what was read. */
export const byReading = (by: "language" | "emotion"): Split => () => ({ name: `coalesce(${by}, '')`, join: "" });

/** Months as `2026-05`. */
export const byMonth = (analytics: AnalyticsStore, offsets: readonly OffsetPiece[]): Split => (query) => ({
  name: `substr(cast(${analytics.dialect.bucket("month", localTime(query, offsets))} as varchar), 1, 7)`, join: "",
});

export const byWeekday = (offsets: readonly OffsetPiece[]): Split => (query) => ({ name: weekdayOf(localTime(query, offsets)), join: "" });

/** The value a trait had when the answer was given. Spans of one customer do not overlap. */
export const byTrait = (held: { customers: readonly string[]; values: readonly string[]; fromMs: readonly number[]; toMs: readonly number[] }): Split => (query) => ({
  name: "coalesce(held_name, '')",
  join: `left join (${spanRows(query, held.customers, held, held.values)}) held on holder = customer and ${isWithin}`,
});

/** Segments, by their ids; an answer counts in every one its customer is in. */
export const bySegment = (segments: readonly { id: string; customers: readonly string[] }[]): Split => (query) => {
  const members = segments.map(({ id, customers }) => `select unnest(${uuids(query, customers)}) as holder, ${query.bind(id)} as segment_id`);
  // A list needs at least one row's shape; without segments nobody is in any.
  const rows = members.length === 0 ? "select cast(null as uuid) as holder, '' as segment_id" : members.join(" union all ");
  return { name: "segment_id", join: `join (${rows}) in_segment on holder = customer` };
};

/** Everything in one group. */
export const unsplit: Split = () => ({ name: "''", join: "" });
