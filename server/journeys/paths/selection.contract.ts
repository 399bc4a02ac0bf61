// The filters that every question about journeys understands, and how a reply says what was asked.
import { z } from "zod";

/** As long as the name of an interaction may be when it comes in. */
export const NAME_MAX = 500;

/** A name, or several by repeating the key (`?channel=web&channel=shop`); the empty text means "not named". */
export const namesFilter = z
  .union([z.string().max(NAME_MAX), z.array(z.string().max(NAME_MAX)).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

const segmentId = z.union([z.uuid(), z.literal("")]);
const segmentIds = z
  .union([segmentId, z.array(segmentId).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

/** A day (`2026-05-01`, in the workspace's time zone) or an instant with its offset (`2026-05-01T08:00:00Z`). */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Ranges are half open: from <= at < to. Without `to` the range ends now, without `from` it is 90 days long; a day as `to` is itself left out. */
export const journeyFilters = {
  from: moment.optional(),
  to: moment.optional(),
  segment: segmentIds.describe("ids of segments or contact lists: customers who are in one of them now"),
  channel: namesFilter.describe("channels; the empty text means that none is named"),
};

export const journeyFilterQuery = z.object(journeyFilters);
export type JourneyFilters = z.infer<typeof journeyFilterQuery>;

/** The range a reply is about, as instants. */
export const shownPeriod = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
