import type { LaneKind, MapCard, MapDocument, MapLane, MapStep, MeasuredLane } from "@firsthand/server/journeys/maps/document.contract";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";

export const laneKinds = ["actions", "questions", "expectations", "promises", "motivations", "feelings", "pains", "ideas", "people", "systems", "photos", "channels", "free"] as const satisfies readonly LaneKind[];
export const measuredLanes = ["volume", "feeling", "words", "effort", "needs", "promises", "time"] as const satisfies readonly MeasuredLane[];

/** A name for a new part, from random bytes. */
export const partIdFrom = (bytes: Uint8Array): string => [...bytes].map((byte) => (byte % 36).toString(36)).join("");

/** A step that is only drawn, until it is bound to data. */
export const emptyStep = (id: string, stageId: string, name: string): MapStep => ({
  id, stageId, name, description: "", matches: [], failures: [], isOptional: false, isMomentOfTruth: false, importanceToCustomer: null, importanceToUs: null,
  designed: { before: null, during: null, after: null }, nextWithinHours: null, ownerId: null, childMapId: null, fork: null,
});

/** What the map of a step begins with: one step for each touchpoint that belongs to it, under the lanes of the map it comes from. What tells that the
 *  step went wrong tells it of each of them: which one it was is not known.
 *  @param given.firstStep the name of the first step when nothing belongs to it yet */
export const documentInDetail = ({ lanes, measured }: MapDocument, step: MapStep, given: { newId: () => string; firstStep: string }): MapDocument => {
  const stageId = given.newId();
  const bound = step.matches.map((match) => ({ ...emptyStep(given.newId(), stageId, match.touchpoint.slice(0, NAME_MAX)), matches: [match], failures: [...step.failures] }));
  const first = { ...emptyStep(given.newId(), stageId, given.firstStep), failures: [...step.failures] };
  return { stages: [{ id: stageId, name: step.name }], steps: bound.length > 0 ? bound : [first], lanes: [...lanes], cards: [], measured: [...measured] };
};
const NAME_MAX = 120;

export const emptyCard = (id: string, stepId: string, lane: MapLane): MapCard => ({
  id, stepId, laneId: lane.id, text: "", phase: lane.kind === "feelings" || lane.kind === "motivations" ? "during" : null, feeling: null, evidence: "assumed", fileId: null,
});

/** Whether a card says nothing at all and may go when it is left. */
export const isBlank = ({ text, feeling, fileId }: MapCard): boolean => text.trim() === "" && feeling === null && fileId === null;

/** The change of some fields of a card, with what they were. */
export const changeCard = (card: MapCard, now: Partial<Omit<MapCard, "id" | "stepId" | "laneId">>): MapEdit => ({
  do: "change", part: "card", id: card.id, was: { text: card.text, phase: card.phase, feeling: card.feeling, evidence: card.evidence, fileId: card.fileId }, now,
});

/** What differs of what can be written on a card.
 *  @returns null when nothing does */
export const changesOf = (was: MapCard, now: MapCard): Partial<Omit<MapCard, "id" | "stepId" | "laneId">> | null => {
  const { text, phase, feeling, evidence, fileId } = now;
  const changed = Object.entries({ text, phase, feeling, evidence, fileId }).filter(([field, value]) => Reflect.get(was, field) !== value);
  return changed.length === 0 ? null : Object.fromEntries(changed);
};

export type StepFields = Partial<Omit<MapStep, "id" | "stageId">>;

/** The change of some fields of a step, with what they were. */
export const changeStep = (step: MapStep, now: StepFields): MapEdit => {
  const { id, stageId: _, ...was } = step;
  const known = Object.fromEntries(Object.entries(was).filter(([field]) => field in now));
  return { do: "change", part: "step", id, was: known, now };
};

/** What stands after a part in its list: where a new one is put beside it. */
export const afterPart = (list: readonly { id: string }[], id: string): string | null => list[list.findIndex((one) => one.id === id) + 1]?.id ?? null;

/** What takes the place of a part that goes: the one after it, else the one before; null when it was the last. */
export const neighbourOf = (list: readonly { id: string }[], id: string): string | null => {
  const place = list.findIndex((one) => one.id === id);
  return place < 0 ? null : (list[place + 1]?.id ?? list[place - 1]?.id ?? null);
};

/** What stands after a step within its own stage. */
export const afterStep = ({ steps }: MapDocument, step: MapStep): string | null => afterPart(steps.filter(({ stageId }) => stageId === step.stageId), step.id);
