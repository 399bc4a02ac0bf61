// In what ways expectations are not lived up to: shapes of the answer, and of gaps that somebody takes on.
import { z } from "zod";
import { journeyFilters, shownPeriod } from "../paths/selection.contract.ts";

export const gapsQuery = z.object(journeyFilters);
export type GapsQuery = z.infer<typeof gapsQuery>;

/** expectation, promise: comments say so. late: a step of a map came later than it shall. promise_broken: a date told was not kept.
 *  feeling: customers feel worse than a map is designed for. channel, place, team, member: the same touchpoint is worse through one channel, at one place,
 *  with one team or one member, than elsewhere. */
export const gapKinds = ["expectation", "promise", "late", "promise_broken", "feeling", "channel", "place", "team", "member"] as const;
export const gapKind = z.enum(gapKinds);
export type GapKind = z.infer<typeof gapKind>;

const count = z.number().int();

export const gapStatus = z.enum(["open", "planned", "done"]);
export type GapStatus = z.infer<typeof gapStatus>;

/** How it is known how much worse customers feel. */
const distanceFrom = z.enum(["told", "other_gaps", "assumed"]).describe("told by scores or comments; nobody told: other_gaps: their mean is taken, assumed: no gap tells, a quarter of the scale is taken");
export type DistanceFrom = z.infer<typeof distanceFrom>;

const title = z.string().trim().min(1).max(300);
const note = z.string().trim().max(2_000);
const day = z.iso.date();

/** What was found when somebody took the gap on; numbers and short words by name. */
export const gapFigures = z.record(z.string().max(60), z.union([z.number(), z.string().max(300), z.null()])).refine((figures) => Object.keys(figures).length <= 30, "at most 30 figures");

const isOfOneMember = z.boolean().describe("it speaks of one member by name, or of a team of which one member alone was felt: only those who hand gaps out, and whoever took it on, see it");

export const gapAssignment = z.object({
  id: z.uuid(),
  key: z.string(),
  kind: gapKind,
  isOfOneMember,
  touchpoint: z.string(),
  title: z.string(),
  note: z.string(),
  figures: gapFigures,
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  dueOn: day.nullable(),
  status: gapStatus,
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type GapAssignment = z.infer<typeof gapAssignment>;

export const gap = z.object({
  key: z.string().describe("the same gap has the same key in every answer"),
  kind: gapKind,
  isOfOneMember,
  touchpoint: z.string(),
  where: z.string().nullable().describe("the channel, place, team or member where it is worse"),
  map: z.object({ id: z.uuid(), name: z.string(), stepId: z.string(), stepName: z.string() }).nullable(),
  expected: z.number().nullable().describe("feeling −1…1, share kept, or the mean of the whole touchpoint"),
  delivered: z.number().nullable(),
  seen: count.describe("comments, steps, dates or scores it was seen in"),
  of: count.describe("of so many"),
  people: z.number().describe("customers it concerns: those who met it, times the least share that is likely"),
  distance: z.number().describe("how much worse they feel, on the scale of −1…1"),
  distanceFrom,
  leaving: z.number().nullable().describe("share of those who met it who were not seen any more from 30 days after it on; null where none is that long ago"),
  size: z.number().describe("people × distance × leaving"),
  p: z.number().nullable().describe("of differences between channels, places, teams or members: how likely chance alone makes them"),
  words: z.array(z.object({ perceptionId: z.uuid(), text: z.string(), at: z.iso.datetime(), customerId: z.uuid().nullable(), customerName: z.string().nullable() })),
  examples: z
    .array(z.object({ customerId: z.uuid(), name: z.string().nullable(), by: z.iso.datetime(), came: z.iso.datetime().nullable() }))
    .describe("of what came late or not at all: customers it was counted of, by when it should have come and when it came; for those who may see customers"),
  assignmentId: z.uuid().nullable(),
});
export type Gap = z.infer<typeof gap>;

export const gapsReply = z.object({
  period: shownPeriod,
  customers: count,
  comments: count.describe("that were read"),
  scores: count,
  maps: count.describe("maps of what is whose steps were compared; what shall be is a wish, no measure of today"),
  mapsLeftOut: count.describe("maps of what is that are in use and were not looked at: only ten are, those changed last"),
  isConsistent: z.object({ tested: count, differing: count }).describe("touchpoints compared across channels, places, teams and members, and how many differ beyond chance"),
  placed: z.object({ looked: count, known: count }).describe("scores whose place was looked for in what they are about, the latest of each touchpoint, and of how many it is known"),
  found: count.describe("gaps there are; more than items where these are cut"),
  items: z.array(gap).describe("the largest first; at most 200"),
  touchpoints: z.array(z.object({ name: z.string(), differs: z.boolean().describe("beyond chance") })).describe("those that can be looked at side by side, the most scored first; at most 500"),
  leftOut: z
    .object({
      touchpoints: count.describe("beyond the 20,000 that most customers met: of whom they concern, and who left, nothing is said"),
      comments: count.describe("at touchpoints beyond the 20,000 with most comments"),
      scores: count.describe("at channels of touchpoints beyond the 20,000 with most scores"),
      places: count.describe("channels, teams and members of touchpoints beyond the 20,000 of each with most scores: they are not compared"),
      aside: count.describe("touchpoints that could be looked at side by side and are not listed"),
    })
    .describe("what is so rare that it was not looked at"),
  assignments: z.array(gapAssignment).describe("gaps somebody took on, also those that no longer show"),
});
export type GapsReply = z.infer<typeof gapsReply>;

export const gapPlacesQuery = z.object({ ...journeyFilters, touchpoint: z.string().min(1).max(500) });
export type GapPlacesQuery = z.infer<typeof gapPlacesQuery>;

const felt = { mean: z.number(), low: z.number().nullable(), high: z.number().nullable(), count: count.describe("scores") };

export const gapPlacesReply = z.object({
  period: shownPeriod,
  comparisons: z.array(z.object({
    kind: z.enum(["channel", "place", "team", "member"]),
    p: z.number().nullable().describe("how likely chance alone makes them differ so; null where fewer than two have the scores of ten customers"),
    isBeyondChance: z.boolean(),
    count: count.describe("channels, places, teams or members; more than are listed where these are cut"),
    places: z.array(z.object({ name: z.string(), ...felt, isCompared: z.boolean().describe("at least ten customers scored") })).describe("the worst first; at most 200"),
  })),
  steps: z
    .array(z.object({
      map: z.object({ id: z.uuid(), name: z.string(), stepId: z.string(), stepName: z.string() }),
      designed: z.number().nullable().describe("the feeling it is designed for, -1 to 1"), felt: z.object(felt).nullable(),
      withinHours: z.number().nullable().describe("how soon the next step shall come"), withinPlanned: z.number().nullable().describe("share of those who went on that did so by then"), wentOn: count,
    }))
    .describe("steps of maps it belongs to for which something is planned, also where nothing falls short of it"),
});
export type GapPlacesReply = z.infer<typeof gapPlacesReply>;

export const assignGapBody = z.object({
  key: z.string().trim().min(1).max(1_000), kind: gapKind, isOfOneMember: z.boolean().optional().describe("as the gap says; of a team it is taken to be so where nothing is said"), touchpoint: z.string().trim().min(1).max(300), title, note: note.default(""), figures: gapFigures.default({}),
  ownerId: z.uuid().nullable().default(null), dueOn: day.nullable().default(null), status: gapStatus.default("open"),
});
export type AssignGapBody = z.infer<typeof assignGapBody>;

export const changeGapBody = z.object({ title: title.optional(), note: note.optional(), ownerId: z.uuid().nullable().optional(), dueOn: day.nullable().optional(), status: gapStatus.optional() });
export type ChangeGapBody = z.infer<typeof changeGapBody>;

export const gapHistoryReply = z.object({
  items: z.array(z.object({ id: z.uuid(), at: z.iso.datetime(), memberName: z.string().nullable(), changes: changeGapBody })).describe("latest first; at most 200"),
});
export type GapHistoryReply = z.infer<typeof gapHistoryReply>;
