import { z } from "zod";
import { mapCard, mapLane, mapStage, mapStep, measuredLane, partId, stepFork } from "./document.contract.ts";

// Several people draw one map at once. Nobody sends the whole map: what is sent is what was changed, with the value it had before, so that two
// changes of different fields never meet, and two of the same field are noticed instead of one being lost.

const before = partId.nullable().describe("the part it is put in front of; null: at the end");

/** A new part. Putting one whose id is there already is refused, but for a repeated request. */
const put = z.discriminatedUnion("part", [
  z.object({ do: z.literal("put"), part: z.literal("stage"), value: mapStage, before }),
  z.object({ do: z.literal("put"), part: z.literal("step"), value: mapStep, before }),
  z.object({ do: z.literal("put"), part: z.literal("lane"), value: mapLane, before }),
  z.object({ do: z.literal("put"), part: z.literal("card"), value: mapCard, before }),
]);

// No field of it has a value of its own accord: what is not named is not changed.
const stepFields = mapStep.omit({ id: true, stageId: true }).extend({ fork: stepFork.nullable() }).partial();

/** Fields of a part: what they were for whoever changes them, and what they shall be. */
const change = z.discriminatedUnion("part", [
  z.object({ do: z.literal("change"), part: z.literal("stage"), id: partId, was: mapStage.omit({ id: true }).partial(), now: mapStage.omit({ id: true }).partial() }),
  z.object({ do: z.literal("change"), part: z.literal("step"), id: partId, was: stepFields, now: stepFields }),
  z.object({ do: z.literal("change"), part: z.literal("lane"), id: partId, was: mapLane.omit({ id: true }).partial(), now: mapLane.omit({ id: true }).partial() }),
  z.object({ do: z.literal("change"), part: z.literal("card"), id: partId, was: mapCard.omit({ id: true, stepId: true, laneId: true }).partial(), now: mapCard.omit({ id: true, stepId: true, laneId: true }).partial() }),
]);

/** Another place. A card may change step and lane, a step its stage. */
const move = z.discriminatedUnion("part", [
  z.object({ do: z.literal("move"), part: z.literal("stage"), id: partId, before }),
  z.object({ do: z.literal("move"), part: z.literal("step"), id: partId, stageId: partId, before }),
  z.object({ do: z.literal("move"), part: z.literal("lane"), id: partId, before }),
  z.object({ do: z.literal("move"), part: z.literal("card"), id: partId, stepId: partId, laneId: partId, before }),
]);

/** Takes a part away with all that lies in it: a stage its steps, a step or lane its cards. */
const remove = z.object({ do: z.literal("remove"), part: z.enum(["stage", "step", "lane", "card"]), id: partId });

const measure = z.object({ do: z.literal("measure"), lanes: z.array(measuredLane).max(7) });

export const mapEdit = z.discriminatedUnion("do", [put, change, move, remove, measure]);
export type MapEdit = z.infer<typeof mapEdit>;

/** Why an edit was not carried out: what it changes is gone, was changed by somebody else meanwhile, is there already, the map is full, it names
 *  a member, a map or a photo that this workspace does not have, or the map would contain itself. */
export const refusedBecause = z.enum(["gone", "changed_meanwhile", "there_already", "full", "unknown", "contains_itself"]);
export type RefusedBecause = z.infer<typeof refusedBecause>;

export const refusedEdit = z.object({
  edit: mapEdit,
  because: refusedBecause,
  theirs: z.record(z.string(), z.unknown()).describe("the fields as they are now, when they were changed meanwhile; else empty"),
});
export type RefusedEdit = z.infer<typeof refusedEdit>;

/** Most edits of one request. What takes more, such as putting a full lane back, is sent in several, in order. */
export const groupEditsMax = 500;

export const sendEditsBody = z.object({
  id: z.uuid().describe("made by the sender: sending the same again changes nothing"),
  knows: z.number().int().min(0).describe("the revision the sender has seen"),
  edits: z.array(mapEdit).min(1).max(groupEditsMax),
});
export type SendEditsBody = z.infer<typeof sendEditsBody>;

/** What was carried out, as everybody else hears it. */
export const editGroup = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  memberId: z.uuid().nullable(),
  memberName: z.string().nullable(),
  at: z.iso.datetime(),
  edits: z.array(mapEdit),
});
export type EditGroup = z.infer<typeof editGroup>;

export const sentEdits = z.object({
  revision: z.number().int().describe("of the map after these edits"),
  missed: z.array(editGroup).describe("what others did since the revision the sender knew, these edits left out; at most 500, more by GET …/edits?after="),
  refused: z.array(refusedEdit),
});
export type SentEdits = z.infer<typeof sentEdits>;
