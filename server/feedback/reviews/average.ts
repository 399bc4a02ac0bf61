// The average of all stars, for pages that anybody may load as often as they like: it reads every review, so it is worked out once a minute at most.
import type { Db } from "#platform/db";
import { findAverage } from "./testimonials.queries.ts";

export type Average = { count: number; average: number | null };

// Browsers keep what is published for five minutes anyway.
const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;

const kept = new WeakMap<Db, Map<string, Promise<Average>>>();

/** On a scale of 1 to 5, over all that was ever given; up to a minute old. */
export const readAverage = (db: Db, workspaceId: string): Promise<Average> => {
  const own = kept.get(db) ?? new Map<string, Promise<Average>>();
  kept.set(db, own);
  const found = own.get(workspaceId);
  if (found !== undefined) return found;
  if (own.size >= KEPT_MAX) own.clear();
  const reading = findAverage(db, workspaceId);
  own.set(workspaceId, reading);
  const forget = (): void => {
    if (own.get(workspaceId) === reading) own.delete(workspaceId);
  };
  reading.then(() => setTimeout(forget, KEPT_MS).unref(), forget);
  return reading;
};
