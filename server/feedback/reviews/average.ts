// The average of all stars, for pages that anybody may load as often as they like: it reads every review, so it is worked out once a minute at most.
import { keepReadings } from "#platform/db";
import type { Db } from "#platform/db";
import { findAverage } from "./testimonials.queries.ts";

export type Average = { count: number; average: number | null };

// Browsers keep what is published for five minutes anyway.
const keep = keepReadings<Average>({ ms: 60_000, most: 1_000 });

/** On a scale of 1 to 5, over all that was ever given; up to a minute old. */
export const readAverage = (db: Db, workspaceId: string): Promise<Average> => keep(db, workspaceId, () => findAverage(db, workspaceId));
