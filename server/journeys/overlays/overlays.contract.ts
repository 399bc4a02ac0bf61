import { z } from "zod";
import { partId } from "../maps/document.contract.ts";
import { journeyFilters, shownPeriod } from "../paths/selection.contract.ts";
import { evidenceLevel } from "../touchpoints/touchpoints.contract.ts";

/** Without `segment` the map's own viewpoint decides who is meant; the empty text asks for everybody all the same. */
export const overlayQuery = z.object({
  ...journeyFilters,
  againstFrom: journeyFilters.from.describe("a second period to compare with"),
  againstTo: journeyFilters.to,
  againstSegment: journeyFilters.segment.describe("a second segment to compare with; the empty text: everybody"),
  customer: z.uuid().optional().describe("a customer whose own interactions and perceptions are laid on the map"),
});
export type OverlayQuery = z.infer<typeof overlayQuery>;

/** A mean with its 95 % interval; all feelings are on -1 (worst) to 1 (best). What one customer says several times is one voice to the interval; ends are null
 *  with fewer than two. */
const estimate = { mean: z.number(), low: z.number().nullable(), high: z.number().nullable(), count: z.number().int() };

export const stepFeeling = z.object({
  measured: z.object(estimate).nullable().describe("scores customers gave"),
  inferred: z.object({ ...estimate, modelVersions: z.array(z.string()).describe("what read the comments") }).nullable().describe("read in comments: 1 positive, -1 negative, 0 neutral or both"),
  assumed: z.number().nullable().describe("mean of the feelings on the step's cards; the author says so"),
});
export type StepFeeling = z.infer<typeof stepFeeling>;

export const overlayNeed = z.object({ need: z.enum(["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"]), met: z.number().int(), unmet: z.number().int(), mixed: z.number().int(), voices: z.number().describe("customers who spoke of it, each counted once however often") });
export type OverlayNeed = z.infer<typeof overlayNeed>;

export const overlayWord = z.object({
  perceptionId: z.uuid(),
  text: z.string(),
  at: z.iso.datetime(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  feeling: z.number().nullable(),
  isInferred: z.boolean().describe("the feeling was read in the words"),
});
export type OverlayWord = z.infer<typeof overlayWord>;

export const overlayEffort = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("asked"), ...estimate }).describe("scores of effort customers gave; 1 is easy"),
  z.object({ kind: z.literal("repeats"), perCustomer: z.number(), low: z.number().nullable(), high: z.number().nullable(), count: z.number().int().describe("customers looked at") })
    .describe("nobody was asked: how many times a customer met a touchpoint of the step again, on average"),
]);

export const overlayStep = z.object({
  stepId: partId,
  isBound: z.boolean().describe("data can belong to it"),
  sharesWith: z.array(partId).describe("other steps that a touchpoint of this one belongs to as well: what is met there counts at both"),
  interactions: z.number().int(),
  customers: z.number().int(),
  share: z.number().nullable().describe("of the customers who met any step of the map"),
  evidence: evidenceLevel,
  feeling: stepFeeling,
  designed: z.object({ before: z.number().nullable(), during: z.number().nullable(), after: z.number().nullable() }).describe("what it is designed to leave, on the scale of feelings"),
  effort: overlayEffort.nullable(),
  needs: z.array(overlayNeed).describe("needs that comments speak of, most unmet first"),
  words: z.array(overlayWord).describe("a few recent comments, those that tell most first"),
  next: z
    .object({
      stepId: partId,
      ways: z.array(z.object({ stepId: partId, customers: z.number().int(), medianSeconds: z.number().nullable() })).describe("where customers go one of several ways: the first step of each, and of those who took it; empty elsewhere"),
      customers: z.number().int(), medianSeconds: z.number(), lowSeconds: z.number().nullable().describe("what the median lies between with 95 % confidence; null with fewer than eight"), highSeconds: z.number().nullable(), share: z.number().describe("of the customers who met this step"),
    })
    .nullable()
    .describe("from a customer's first meeting of this step to the next step of the map that data can belong to; null when nobody went on"),
  withinPlanned: z.number().nullable().describe("share of those who went on that did so within the planned hours"),
  promises: z.object({ kept: z.number().int(), broken: z.number().int(), customers: z.number().int() }).nullable().describe("dates told the customer within half a year before, and whether this step came in time; null when no interaction here carries one"),
  failures: z.object({ interactions: z.number().int(), customers: z.number().int(), share: z.number().nullable() }).nullable().describe("customers of the step who met one of its failures; null when it has none"),
});
export type OverlayStep = z.infer<typeof overlayStep>;

const overlayFigures = {
  period: shownPeriod,
  segments: z.array(z.object({ id: z.uuid(), name: z.string() })),
  fromMs: z.number(),
  toMs: z.number(),
  customers: z.number().int().describe("who met any step of the map"),
  sampledShare: z.number().describe("times between steps are of this share of the customers, always the same ones; 1: of all"),
  steps: z.array(overlayStep).describe("in the order of the map"),
  forks: z
    .array(z.object({
      customers: z.number().int().describe("who met a step of any of its ways"),
      ways: z.array(z.object({ stepIds: z.array(partId), customers: z.number().int(), share: z.number().nullable().describe("of those; some may have gone two ways. Null when no data belongs to the way") })),
    }))
    .describe("where customers go one of several ways, in the order of the map"),
};

/** First minus second. */
const difference = z.object({
  difference: z.number(), low: z.number(), high: z.number(),
  isSignificant: z.boolean().describe("zero lies outside the interval, and of all differences in the reply that are told so at most one in twenty is expected to be chance"),
});
export type OverlayDifference = z.infer<typeof difference>;

export const entryRecord = z.enum(["interaction", "perception"]);
export const overlayEntry = z.object({
  id: z.uuid(),
  record: entryRecord,
  at: z.iso.datetime(),
  stepIds: z.array(partId).describe("steps it lies on; none: it lies beside the map"),
  failureOf: z.array(partId).describe("steps it says went wrong"),
  name: z.string().nullable(),
  touchpoint: z.string().nullable(),
  channel: z.string().nullable(),
  kind: z.string().nullable().describe("of a perception: nps, csat, comment ..."),
  feeling: z.number().nullable(),
  isInferred: z.boolean(),
  text: z.string().nullable(),
});
export type OverlayEntry = z.infer<typeof overlayEntry>;

export const overlayCustomer = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  entries: z.array(overlayEntry).describe("in order of time; at most 500, the latest of the period"),
  isCut: z.boolean().describe("there are more in the period"),
});
export type OverlayCustomer = z.infer<typeof overlayCustomer>;

export const overlayReply = z.object({
  ...overlayFigures,
  viewpoint: z.enum(["everyone", "segment", "segment_gone", "asked"]).describe("who decided on the segment: the map, whose segment may be gone, or the request"),
  against: z.object(overlayFigures).nullable(),
  comparison: z
    .array(z.object({
      stepId: partId, share: difference.nullable(), feeling: difference.nullable().describe("of measured feelings"),
      effort: difference.nullable().describe("of scores where both sides were asked, of coming again where neither was"),
      promises: difference.nullable().describe("of the share kept"),
      time: difference.nullable().describe("of the medians to the next step, in seconds"),
      withinPlanned: difference.nullable().describe("of the share of those who went on within the planned hours"),
      needs: z.array(z.object({ need: overlayNeed.shape.need, unmet: difference })).describe("of the share of comments on a need that say it was not met"),
    }))
    .describe("one per step when compared with a second period or segment; null where either side has too little"),
  customer: overlayCustomer.nullable(),
});
export type OverlayReply = z.infer<typeof overlayReply>;
