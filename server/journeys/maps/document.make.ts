// Parts of maps for tests, and arbitrary documents with edits that mostly meet something.
import fc from "fast-check";
import type { MapCard, MapDocument, MapLane, MapStage, MapStep, StepFork, StepMatch } from "./document.contract.ts";
import { orderDocument } from "./document.rules.ts";
import type { MapEdit } from "./edits.contract.ts";

export const makeStage = (id: string, given: Partial<MapStage> = {}): MapStage => ({ id, name: id, ...given });
export const makeLane = (id: string, given: Partial<MapLane> = {}): MapLane => ({ id, kind: "actions", name: id, ...given });
export const makeStep = (id: string, stageId: string, given: Partial<MapStep> = {}): MapStep => ({
  id, stageId, name: id, description: "", matches: [], failures: [], isOptional: false, isMomentOfTruth: false, importanceToCustomer: null, importanceToUs: null,
  designed: { before: null, during: null, after: null }, nextWithinHours: null, ownerId: null, childMapId: null, fork: null, ...given,
});
export const makeCard = (id: string, stepId: string, laneId: string, given: Partial<MapCard> = {}): MapCard =>
  ({ id, stepId, laneId, text: "", phase: null, feeling: null, evidence: "assumed", fileId: null, ...given });
export const blankDocument = (): MapDocument => ({ stages: [], steps: [], lanes: [], cards: [], measured: [] });

const oneOf = (known: readonly string[], others: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...known, ...others);
const numbered = (word: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${word}${index}`);
const words = fc.constantFrom("", "A", "B", "<b>C</b>");
const smallFeeling = fc.constantFrom(null, -2, 0, 2);

/** Few ids of each kind, so that edits meet what is there, what is gone, and each other. */
const known = { stage: numbered("stage", 5), step: numbered("step", 8), lane: numbered("lane", 5), card: numbered("card", 12) };

const stages = fc.subarray(known.stage).map((ids) => ids.map((id) => makeStage(id)));
const lanes = fc.subarray(known.lane).map((ids) => ids.map((id) => makeLane(id)));

/** Any small document, whole and in order. */
export const someDocument = (): fc.Arbitrary<MapDocument> =>
  fc.tuple(stages, lanes, fc.shuffledSubarray(known.step), fc.shuffledSubarray(known.card), fc.infiniteStream(fc.nat(1_000))).map(([stagesOf, lanesOf, stepIds, cardIds, chances]) => {
    const choose = <Value extends { id: string }>(list: readonly Value[]): string => list[Number(chances.next().value) % list.length]?.id ?? "none";
    const steps = stagesOf.length === 0 ? [] : stepIds.map((id) => makeStep(id, choose(stagesOf)));
    const cards = steps.length === 0 || lanesOf.length === 0 ? [] : cardIds.map((id) => makeCard(id, choose(steps), choose(lanesOf)));
    return orderDocument({ stages: stagesOf, steps, lanes: lanesOf, cards, measured: [] });
  });

/** Edits of a document: most name what is or was there, many stand in each other's way. */
export const editsOf = (document: MapDocument): fc.Arbitrary<MapEdit[]> => fc.array(fc.oneof(puts, changesOf(document), moves, removals, measures), { maxLength: 25 });

const before = (ids: readonly string[]): fc.Arbitrary<string | null> => fc.option(oneOf(ids, ["gone"]));
const stageId = oneOf(known.stage, ["gone"]);
const stepId = oneOf(known.step, ["gone"]);
const laneId = oneOf(known.lane, ["gone"]);

const puts = fc.oneof(
  fc.record({ do: fc.constant("put" as const), part: fc.constant("stage" as const), value: oneOf(known.stage, []).map((id) => makeStage(id)), before: before(known.stage) }),
  fc.record({ do: fc.constant("put" as const), part: fc.constant("lane" as const), value: oneOf(known.lane, []).map((id) => makeLane(id)), before: before(known.lane) }),
  fc.record({ do: fc.constant("put" as const), part: fc.constant("step" as const), value: fc.tuple(oneOf(known.step, []), stageId).map(([id, stage]) => makeStep(id, stage)), before: before(known.step) }),
  fc.record({
    do: fc.constant("put" as const), part: fc.constant("card" as const), before: before(known.card),
    value: fc.tuple(oneOf(known.card, []), stepId, laneId, words).map(([id, step, lane, text]) => makeCard(id, step, lane, { text })),
  }),
);

const someMatches: fc.Arbitrary<StepMatch[]> = fc.boolean().map((isBound) => (isBound ? [{ touchpoint: "Cart", channel: null }] : []));

const someFork: fc.Arbitrary<StepFork | null> = fc.constantFrom(null, { id: "fork1", way: 1 }, { id: "fork1", way: 2 });

const changesOf = (document: MapDocument): fc.Arbitrary<MapEdit> => fc.oneof(
  fc.record({ do: fc.constant("change" as const), part: fc.constant("stage" as const), id: stageId, was: fc.record({ name: oneOf(["A"], document.stages.map(({ name }) => name)) }), now: fc.record({ name: fc.constantFrom("A", "B") }) }),
  fc.record({ do: fc.constant("change" as const), part: fc.constant("lane" as const), id: laneId, was: fc.record({ name: oneOf(["A"], document.lanes.map(({ name }) => name)) }), now: fc.record({ name: fc.constantFrom("A", "B") }) }),
  fc.record({
    do: fc.constant("change" as const), part: fc.constant("step" as const), id: stepId,
    was: fc.record({ isOptional: fc.boolean(), matches: someMatches, fork: someFork }, { requiredKeys: ["isOptional", "matches"] }),
    now: fc.record({ isOptional: fc.boolean(), matches: someMatches, fork: someFork }, { requiredKeys: ["isOptional", "matches"] }),
  }),
  fc.record({
    do: fc.constant("change" as const), part: fc.constant("card" as const), id: oneOf(known.card, ["gone"]),
    was: fc.record({ text: words, feeling: smallFeeling }, { requiredKeys: [] }), now: fc.record({ text: words, feeling: smallFeeling }, { requiredKeys: [] }),
  }),
);

const moves = fc.oneof(
  fc.record({ do: fc.constant("move" as const), part: fc.constant("stage" as const), id: stageId, before: before(known.stage) }),
  fc.record({ do: fc.constant("move" as const), part: fc.constant("lane" as const), id: laneId, before: before(known.lane) }),
  fc.record({ do: fc.constant("move" as const), part: fc.constant("step" as const), id: stepId, stageId, before: before(known.step) }),
  fc.record({ do: fc.constant("move" as const), part: fc.constant("card" as const), id: oneOf(known.card, ["gone"]), stepId, laneId, before: before(known.card) }),
);

const removals = fc.oneof(
  ...(["stage", "step", "lane", "card"] as const).map((part) => fc.record({ do: fc.constant("remove" as const), part: fc.constant(part), id: oneOf(known[part], ["gone"]) })),
);

const measures = fc.record({ do: fc.constant("measure" as const), lanes: fc.array(fc.constantFrom("volume" as const, "words" as const), { maxLength: 3 }) });
