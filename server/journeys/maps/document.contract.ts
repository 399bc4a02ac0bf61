import { z } from "zod";
import { touchpointNameMax } from "../touchpoints/touchpoints.contract.ts";

// What is drawn: stages hold steps, lanes run across them, cards lie where a step and a lane cross. Parts keep their id in every copy of a map,
// so that a map of how it shall be can be laid beside the one of how it is.

/** Made by whoever draws, so that a part has its name before the server has heard of it. */
export const partId = z.string().regex(/^[a-z0-9]{4,24}$/, "4 to 24 small letters and digits");

export const phase = z.enum(["before", "during", "after"]);
export type Phase = z.infer<typeof phase>;

/** How good or bad it feels: -2 very bad, 0 neither, 2 very good. */
export const feeling = z.number().int().min(-2).max(2);

/** Where a statement comes from: the author assumes it, somebody saw it, or the customer said it. */
export const evidenceKind = z.enum(["assumed", "observed", "told"]);
export type EvidenceKind = z.infer<typeof evidenceKind>;

export const laneKind = z.enum([
  "actions", "questions", "expectations", "promises", "motivations", "feelings", "pains", "ideas", "people", "systems", "photos", "channels", "free",
]);
export type LaneKind = z.infer<typeof laneKind>;

/** Lanes that fill themselves from data. */
export const measuredLane = z.enum(["volume", "feeling", "words", "effort", "needs", "promises", "time"]);
export type MeasuredLane = z.infer<typeof measuredLane>;

const title = z.string().trim().min(1).max(120);
const text = z.string().max(2_000);
const importance = z.number().int().min(1).max(5).nullable();

/** An interaction at this touchpoint, through this channel when one is named, belongs to the step. Touchpoints are meant by name. */
export const stepMatch = z.object({ touchpoint: z.string().trim().min(1).max(touchpointNameMax), channel: z.string().trim().min(1).max(80).nullable() });
export type StepMatch = z.infer<typeof stepMatch>;

/** Customers go one of several ways. Neighbouring steps of one stage that bear the same fork belong together; those of the same way follow each other.
 *  Where only one way is left there is nothing to choose, and the steps are as any others: `listForks` of the rules says which forks there are. */
export const stepFork = z.object({ id: partId, way: z.number().int().min(1).max(9) });
export type StepFork = z.infer<typeof stepFork>;

export const mapStage = z.object({ id: partId, name: title });
export type MapStage = z.infer<typeof mapStage>;

export const mapStep = z.object({
  id: partId,
  stageId: partId,
  name: title,
  description: text,
  matches: z.array(stepMatch).max(20).describe("what of the data belongs here; empty: the step is only drawn"),
  failures: z.array(stepMatch).max(20).describe("touchpoints that say this step went wrong, such as a payment error"),
  isOptional: z.boolean().describe("leaving it out is no deviation"),
  isMomentOfTruth: z.boolean(),
  importanceToCustomer: importance,
  importanceToUs: importance,
  designed: z.object({ before: feeling.nullable(), during: feeling.nullable(), after: feeling.nullable() }).describe("the feeling it is designed to leave"),
  nextWithinHours: z.number().min(0).max(100_000).nullable().describe("how soon the next step shall come"),
  ownerId: z.uuid().nullable().describe("the member who answers for it"),
  childMapId: z.uuid().nullable().describe("a map of its own that shows the step in detail"),
  // Files that were saved before there were forks lack it.
  fork: stepFork.nullable().default(null).describe("the way the step lies on, when customers go one of several"),
});
export type MapStep = z.infer<typeof mapStep>;

export const mapLane = z.object({ id: partId, kind: laneKind, name: title });
export type MapLane = z.infer<typeof mapLane>;

export const mapCard = z.object({
  id: partId,
  stepId: partId,
  laneId: partId,
  text,
  phase: phase.nullable(),
  feeling: feeling.nullable(),
  evidence: evidenceKind,
  fileId: z.uuid().nullable().describe("a photo"),
});
export type MapCard = z.infer<typeof mapCard>;

/** At most as many parts as `mapLimits` of the rules says. Lists are in the order they are shown in: stages and lanes as they stand, steps within their stage, cards within their crossing. */
export const mapDocument = z.object({
  stages: z.array(mapStage).max(30),
  steps: z.array(mapStep).max(100),
  lanes: z.array(mapLane).max(30),
  cards: z.array(mapCard).max(3_000),
  measured: z.array(measuredLane).max(7).describe("lanes from data that are shown, in their order, above the drawn ones"),
});
export type MapDocument = z.infer<typeof mapDocument>;
