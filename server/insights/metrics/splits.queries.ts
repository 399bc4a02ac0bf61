// Ways to split answers, as pieces of queries.
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { DimensionName } from "./metrics.contract.ts";
import { dimensions, localTime, weekdayOf, type Split } from "./metrics.queries.ts";
import { isWithin, spanRows, type HeldRows } from "./people.queries.ts";

export const byDimension = (by: DimensionName): Split => () => ({ name: dimensions[by], join: "" });

/** Language or emotion of what was read. */
export const byReading = (by: "language" | "emotion"): Split => () => ({ name: `coalesce(${by}, '')`, join: "" });

/** Months as `2026-05`. */
export const byMonth = (analytics: AnalyticsStore, offsets: readonly OffsetPiece[]): Split => (query) => ({
  name: `substr(cast(${analytics.dialect.bucket("month", localTime(query, offsets))} as varchar), 1, 7)`, join: "",
});

export const byWeekday = (offsets: readonly OffsetPiece[]): Split => (query) => ({ name: weekdayOf(localTime(query, offsets)), join: "" });

/** The value a trait had when the answer was given. Spans of one customer do not overlap. */
export const byTrait = (held: HeldRows): Split => (query) => ({
  name: "coalesce(held_name, '')",
  join: `left join (${spanRows(query, held, true)}) held on holder = customer and ${isWithin}`,
});

/** Everything in one group. */
export const unsplit: Split = () => ({ name: "''", join: "" });
