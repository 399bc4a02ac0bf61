// From one document to another by edits, so that bringing an old state back is heard, undone and kept like any other change.
import type { MapCard, MapDocument, MapStep } from "./document.contract.ts";
import { applyEdits, isSame } from "./document.rules.ts";
import type { MapEdit } from "./edits.contract.ts";

/** The edits that make one document another.
 *  @param from whole and in order, as is `to`; neither is mutated
 *  @returns edits that are all carried out when applied to `from`, and give exactly `to` */
export const editsBetween = (from: MapDocument, to: MapDocument): MapEdit[] => {
  const edits: MapEdit[] = [];
  let current = from;
  const carryOut = (some: readonly MapEdit[]): void => {
    const applied = applyEdits(current, some);
    current = applied.document;
    edits.push(...applied.done);
  };
  // What goes comes first, so that a full map has room; what it took along and shall stay is put there anew.
  carryOut([...removals("stage", from.stages, to.stages), ...removals("step", from.steps, to.steps), ...removals("lane", from.lanes, to.lanes), ...removals("card", from.cards, to.cards)]);
  carryOut(putsOf(current, to));
  carryOut(changesTo(current, to));
  carryOut(movesTo(current, to));
  carryOut([{ do: "measure", lanes: to.measured }]);
  return edits;
};

/** Fields of two states of a part that differ, as they were and as they are; null when none does.
 *  @param leftOut fields that are not compared */
export const differenceOf = <Value extends object>(was: Value, now: Value, leftOut: readonly string[]): { was: Partial<Value>; now: Partial<Value> } | null => {
  const difference: { was: Partial<Value>; now: Partial<Value> } = { was: {}, now: {} };
  let differs = false;
  for (const field in now) {
    if (leftOut.includes(field) || isSame(was[field], now[field])) continue;
    difference.was[field] = was[field];
    difference.now[field] = now[field];
    differs = true;
  }
  return differs ? difference : null;
};

type Part = { id: string };

const removals = (part: "stage" | "step" | "lane" | "card", from: readonly Part[], to: readonly Part[]): MapEdit[] => {
  const stays = idsOf(to);
  return from.filter(({ id }) => !stays.has(id)).map(({ id }) => ({ do: "remove", part, id }));
};

const putsOf = (current: MapDocument, to: MapDocument): MapEdit[] => {
  const [stages, steps, lanes, cards] = [idsOf(current.stages), idsOf(current.steps), idsOf(current.lanes), idsOf(current.cards)];
  return [
    ...to.stages.filter(({ id }) => !stages.has(id)).map((value): MapEdit => ({ do: "put", part: "stage", value, before: null })),
    ...to.lanes.filter(({ id }) => !lanes.has(id)).map((value): MapEdit => ({ do: "put", part: "lane", value, before: null })),
    ...to.steps.filter(({ id }) => !steps.has(id)).map((value): MapEdit => ({ do: "put", part: "step", value, before: null })),
    ...to.cards.filter(({ id }) => !cards.has(id)).map((value): MapEdit => ({ do: "put", part: "card", value, before: null })),
  ];
};

const changesTo = (current: MapDocument, to: MapDocument): MapEdit[] => [
  ...differencesIn(current.stages, to.stages, ["id"]).map((difference): MapEdit => ({ do: "change", part: "stage", ...difference })),
  ...differencesIn(current.lanes, to.lanes, ["id"]).map((difference): MapEdit => ({ do: "change", part: "lane", ...difference })),
  ...differencesIn(current.steps, to.steps, ["id", "stageId"]).map((difference): MapEdit => ({ do: "change", part: "step", ...difference })),
  ...differencesIn(current.cards, to.cards, ["id", "stepId", "laneId"]).map((difference): MapEdit => ({ do: "change", part: "card", ...difference })),
];

const differencesIn = <Value extends Part>(from: readonly Value[], to: readonly Value[], leftOut: readonly string[]): { id: string; was: Partial<Value>; now: Partial<Value> }[] => {
  const before = new Map(from.map((part) => [part.id, part]));
  return to.flatMap((now) => {
    const was = before.get(now.id);
    const difference = was === undefined ? null : differenceOf(was, now, leftOut);
    return difference === null ? [] : [{ id: now.id, ...difference }];
  });
};

// From the last to the first, so that what a part is put in front of stands right already. Where the order is right nothing is looked at: 3,000 moves to
// where cards stand took a second.
const movesTo = (current: MapDocument, { stages, steps, lanes, cards }: MapDocument): MapEdit[] => {
  const [stepPlaces, cardPlaces] = [listDisordered(current.steps, steps, stageOf), listDisordered(current.cards, cards, crossingOf)];
  return [
    ...stages.map(({ id }, index): MapEdit => ({ do: "move", part: "stage", id, before: stages[index + 1]?.id ?? null })).toReversed(),
    ...lanes.map(({ id }, index): MapEdit => ({ do: "move", part: "lane", id, before: lanes[index + 1]?.id ?? null })).toReversed(),
    ...steps.flatMap((step, index): MapEdit[] => (stepPlaces.has(stageOf(step)) ? [{ do: "move", part: "step", id: step.id, stageId: step.stageId, before: nextStep(step, steps[index + 1]) }] : [])).toReversed(),
    ...cards.flatMap((card, index): MapEdit[] =>
      (cardPlaces.has(crossingOf(card)) ? [{ do: "move", part: "card", id: card.id, stepId: card.stepId, laneId: card.laneId, before: nextCard(card, cards[index + 1]) }] : [])).toReversed(),
  ];
};

const stageOf = ({ stageId }: MapStep): string => stageId;
const crossingOf = ({ stepId, laneId }: MapCard): string => `${stepId} ${laneId}`;

/** Places that hold other parts than they shall, or in another order. */
const listDisordered = <Value extends Part>(current: readonly Value[], to: readonly Value[], placeOf: (value: Value) => string): ReadonlySet<string> => {
  const [now, wanted] = [groupByPlace(current, placeOf), groupByPlace(to, placeOf)];
  return new Set([...wanted].filter(([place, parts]) => !isSame(parts.map(({ id }) => id), now.get(place)?.map(({ id }) => id))).map(([place]) => place));
};

// Browsers that are still in use do not know how to group by themselves.
const groupByPlace = <Value extends Part>(list: readonly Value[], placeOf: (value: Value) => string): Map<string, Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const value of list) {
    const group = groups.get(placeOf(value));
    if (group === undefined) groups.set(placeOf(value), [value]);
    else group.push(value);
  }
  return groups;
};

const nextStep = (step: MapStep, next: MapStep | undefined): string | null => (next?.stageId === step.stageId ? next.id : null);
const nextCard = (card: MapCard, next: MapCard | undefined): string | null => (next?.stepId === card.stepId && next.laneId === card.laneId ? next.id : null);
const idsOf = (list: readonly Part[]): ReadonlySet<string> => new Set(list.map(({ id }) => id));
