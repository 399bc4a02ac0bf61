// How a drawn map changes. The same code runs in the browser, which shows an edit at once, and on the server, which decides.
import type { MapCard, MapDocument, MapLane, MapStage, MapStep } from "./document.contract.ts";
import type { MapEdit, RefusedBecause, RefusedEdit } from "./edits.contract.ts";
import { referencesOf } from "./references.rules.ts";

export type AppliedEdits = { document: MapDocument; done: MapEdit[]; refused: RefusedEdit[] };

/** Most parts of each kind on one map: what fits on paper, and cards enough for a crossing each. */
export const mapLimits = { stages: 30, steps: 100, lanes: 30, cards: 3_000 } as const;

type Put = Extract<MapEdit, { do: "put" }>;
type Change = Extract<MapEdit, { do: "change" }>;
type Move = Extract<MapEdit, { do: "move" }>;
type Remove = Extract<MapEdit, { do: "remove" }>;
type Measure = Extract<MapEdit, { do: "measure" }>;

/** What became of one edit: carried out (with the place it really got), nothing to do, or refused. */
type Outcome = { done: MapEdit } | { done: null } | { because: RefusedBecause; theirs?: Record<string, unknown> };

type Part = { id: string };
type Draft = { stages: MapStage[]; steps: MapStep[]; lanes: MapLane[]; cards: MapCard[]; measured: MapDocument["measured"] };

/** Carries edits out, one after the other. One that cannot be is refused and the others are carried out all the same.
 *  @param document not mutated; in the order of `orderDocument`
 *  @param barred what no edit may bring in, and why: keys as `referencesOf` gives them
 *  @returns the document after them; `done` in the form that gives the same document again when applied to the same one; those that change nothing stand in neither list */
export const applyEdits = (document: MapDocument, edits: readonly MapEdit[], barred: ReadonlyMap<string, RefusedBecause> = new Map()): AppliedEdits => {
  const draft = draftOf(document);
  const done: MapEdit[] = [];
  const refused: RefusedEdit[] = [];
  for (const edit of edits) {
    const because = referencesOf(edit).map((reference) => barred.get(reference)).find((reason) => reason !== undefined);
    const outcome: Outcome = because === undefined ? applyEdit(draft, edit) : { because };
    if ("because" in outcome) refused.push({ edit, because: outcome.because, theirs: outcome.theirs ?? {} });
    else if (outcome.done !== null) done.push(outcome.done);
  }
  return { document: orderDocument(draft), done, refused };
};

/** The edits that take `done` back, in the order to be carried out. What was removed comes back with all that lay in it.
 *  @param document as it was before `done`; not mutated
 *  @returns any number of edits: send at most 500 at a time, in order */
export const invertEdits = (document: MapDocument, done: readonly MapEdit[]): MapEdit[] => {
  const draft = draftOf(document);
  const groups = done.map((edit) => {
    const back = invertEdit(draft, edit);
    applyEdit(draft, edit);
    return back;
  });
  return groups.toReversed().flat();
};

/** The one order a document is kept in: steps by stage, cards by step and then lane, each in its own order within. */
export const orderDocument = (document: MapDocument): MapDocument => {
  const [stages, lanes] = [placesOf(document.stages), placesOf(document.lanes)];
  const steps = document.steps.toSorted((one, other) => placeIn(stages, one.stageId) - placeIn(stages, other.stageId));
  const stepPlaces = placesOf(steps);
  const cards = document.cards.toSorted(
    (one, other) => placeIn(stepPlaces, one.stepId) - placeIn(stepPlaces, other.stepId) || placeIn(lanes, one.laneId) - placeIn(lanes, other.laneId),
  );
  return { ...document, steps, cards };
};

/** Whether two values of fields say the same; the order of keys does not matter, that of lists does. */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [names, otherNames] = [Object.keys(one), Object.keys(other)];
  return names.length === otherNames.length && names.every((name) => name in other && isSame(Reflect.get(one, name), Reflect.get(other, name)));
};

const draftOf = (document: MapDocument): Draft => ({
  stages: [...document.stages], steps: [...document.steps], lanes: [...document.lanes], cards: [...document.cards], measured: document.measured,
});

const applyEdit = (draft: Draft, edit: MapEdit): Outcome => {
  switch (edit.do) {
    case "put": return put(draft, edit);
    case "change": return change(draft, edit);
    case "move": return move(draft, edit);
    case "remove": return remove(draft, edit);
    case "measure": return measure(draft, edit);
  }
};

const put = (draft: Draft, edit: Put): Outcome => {
  switch (edit.part) {
    case "stage": return insert(draft.stages, edit, { value: edit.value, most: mapLimits.stages, isBeside: anywhere });
    case "lane": return insert(draft.lanes, edit, { value: edit.value, most: mapLimits.lanes, isBeside: anywhere });
    case "step":
      if (!has(draft.stages, edit.value.stageId)) return { because: "gone" };
      return insert(draft.steps, edit, { value: wholeStep(edit.value), most: mapLimits.steps, isBeside: (other) => other.stageId === edit.value.stageId });
    case "card":
      if (!has(draft.steps, edit.value.stepId) || !has(draft.lanes, edit.value.laneId)) return { because: "gone" };
      return insert(draft.cards, edit, { value: edit.value, most: mapLimits.cards, isBeside: isInCrossing(edit.value) });
  }
};

// Edits that were kept before there were forks do not name one.
const wholeStep = (step: MapStep): MapStep => ({ ...step, fork: step.fork ?? null });

const insert = <Value extends Part>(list: Value[], edit: Put, given: { value: Value; most: number; isBeside: (other: Value) => boolean }): Outcome => {
  const there = list.find(({ id }) => id === given.value.id);
  if (there !== undefined) return isSame(there, given.value) ? { done: null } : { because: "there_already", theirs: { ...there } };
  if (list.length >= given.most) return { because: "full" };
  const before = nearOf(list, edit.before, given.isBeside);
  list.splice(indexBefore(list, before), 0, given.value);
  return { done: { ...edit, before } };
};

const change = (draft: Draft, edit: Change): Outcome => {
  switch (edit.part) {
    case "stage": return changeIn(draft.stages, edit, edit.was, edit.now);
    case "step": return changeIn(draft.steps, edit, edit.was, edit.now);
    case "lane": return changeIn(draft.lanes, edit, edit.was, edit.now);
    case "card": return changeIn(draft.cards, edit, edit.was, edit.now);
  }
};

const changeIn = <Value extends Part>(list: Value[], edit: Change, was: Partial<Value>, now: Partial<Value>): Outcome => {
  const index = list.findIndex(({ id }) => id === edit.id);
  const there = list[index];
  if (there === undefined) return { because: "gone" };
  // Whoever wants what is there already loses nothing, whatever it was for them.
  const open = Object.keys(now).filter((field) => Reflect.get(now, field) !== undefined && !isSame(Reflect.get(there, field), Reflect.get(now, field)));
  if (open.length === 0) return { done: null };
  if (open.some((field) => !isSame(Reflect.get(there, field), Reflect.get(was, field)))) return { because: "changed_meanwhile", theirs: { ...pick(there, now) } };
  list[index] = { ...there, ...now };
  return { done: edit };
};

const move = (draft: Draft, edit: Move): Outcome => {
  switch (edit.part) {
    case "stage": return moveIn(draft.stages, edit, { now: (stage) => stage, isBeside: anywhere });
    case "lane": return moveIn(draft.lanes, edit, { now: (lane) => lane, isBeside: anywhere });
    case "step":
      if (!has(draft.stages, edit.stageId)) return { because: "gone" };
      return moveIn(draft.steps, edit, { now: (step) => ({ ...step, stageId: edit.stageId }), isBeside: (other) => other.stageId === edit.stageId });
    case "card":
      if (!has(draft.steps, edit.stepId) || !has(draft.lanes, edit.laneId)) return { because: "gone" };
      return moveIn(draft.cards, edit, { now: (card) => ({ ...card, stepId: edit.stepId, laneId: edit.laneId }), isBeside: isInCrossing(edit) });
  }
};

const moveIn = <Value extends Part>(list: Value[], edit: Move, to: { now: (value: Value) => Value; isBeside: (other: Value) => boolean }): Outcome => {
  const index = list.findIndex(({ id }) => id === edit.id);
  const there = list[index];
  if (there === undefined) return { because: "gone" };
  const stood = to.isBeside(there) ? nextOf(list, index, to.isBeside) : undefined;
  const before = edit.before === edit.id ? (stood ?? null) : nearOf(list, edit.before, to.isBeside);
  if (stood !== undefined && stood === before) return { done: null };
  list.splice(index, 1);
  list.splice(indexBefore(list, before), 0, to.now(there));
  return { done: { ...edit, before } };
};

const remove = (draft: Draft, edit: Remove): Outcome => {
  const list = draft[listNames[edit.part]];
  const index = list.findIndex(({ id }) => id === edit.id);
  if (index === -1) return { because: "gone" };
  list.splice(index, 1);
  if (edit.part === "stage") draft.steps = draft.steps.filter((step) => step.stageId !== edit.id);
  if (edit.part === "stage" || edit.part === "step") {
    const steps = placesOf(draft.steps);
    draft.cards = draft.cards.filter((card) => steps.has(card.stepId));
  }
  if (edit.part === "lane") draft.cards = draft.cards.filter((card) => card.laneId !== edit.id);
  return { done: edit };
};

const measure = (draft: Draft, edit: Measure): Outcome => {
  const lanes = [...new Set(edit.lanes)];
  if (isSame(lanes, draft.measured)) return { done: null };
  draft.measured = lanes;
  return { done: { do: "measure", lanes } };
};

const invertEdit = (document: MapDocument, edit: MapEdit): MapEdit[] => {
  switch (edit.do) {
    case "put": return [{ do: "remove", part: edit.part, id: edit.value.id }];
    case "change": return invertChange(document, edit);
    case "move": return invertMove(document, edit);
    case "remove": return invertRemove(document, edit);
    case "measure": return [{ do: "measure", lanes: document.measured }];
  }
};

const invertChange = (document: MapDocument, edit: Change): MapEdit[] => {
  switch (edit.part) {
    case "stage": return document.stages.filter(({ id }) => id === edit.id).map((there) => ({ ...edit, was: edit.now, now: pick(there, edit.now) }));
    case "step": return document.steps.filter(({ id }) => id === edit.id).map((there) => ({ ...edit, was: edit.now, now: pick(there, edit.now) }));
    case "lane": return document.lanes.filter(({ id }) => id === edit.id).map((there) => ({ ...edit, was: edit.now, now: pick(there, edit.now) }));
    case "card": return document.cards.filter(({ id }) => id === edit.id).map((there) => ({ ...edit, was: edit.now, now: pick(there, edit.now) }));
  }
};

const invertMove = (document: MapDocument, edit: Move): MapEdit[] => {
  switch (edit.part) {
    case "stage": return [{ ...edit, before: afterOf(document.stages, edit.id, () => anywhere) }];
    case "lane": return [{ ...edit, before: afterOf(document.lanes, edit.id, () => anywhere) }];
    case "step": return document.steps.filter(({ id }) => id === edit.id).map(({ stageId }) => ({ ...edit, stageId, before: afterOf(document.steps, edit.id, isInStageOf) }));
    case "card": return document.cards.filter(({ id }) => id === edit.id).map(({ stepId, laneId }) => ({ ...edit, stepId, laneId, before: afterOf(document.cards, edit.id, isInCrossing) }));
  }
};

const invertRemove = (document: MapDocument, { part, id }: Remove): MapEdit[] => {
  switch (part) {
    case "stage": {
      const steps = document.steps.filter((step) => step.stageId === id);
      const stages = document.stages.filter((stage) => stage.id === id).map((value): MapEdit => ({ do: "put", part, value, before: afterOf(document.stages, id, () => anywhere) }));
      return [...stages, ...steps.map((value): MapEdit => ({ do: "put", part: "step", value, before: null })), ...putCards(document, (card) => steps.some((step) => step.id === card.stepId))];
    }
    case "step": {
      const steps = document.steps.filter((step) => step.id === id).map((value): MapEdit => ({ do: "put", part, value, before: afterOf(document.steps, id, isInStageOf) }));
      return [...steps, ...putCards(document, (card) => card.stepId === id)];
    }
    case "lane": {
      const lanes = document.lanes.filter((lane) => lane.id === id).map((value): MapEdit => ({ do: "put", part, value, before: afterOf(document.lanes, id, () => anywhere) }));
      return [...lanes, ...putCards(document, (card) => card.laneId === id)];
    }
    case "card": return document.cards.filter((card) => card.id === id).map((value): MapEdit => ({ do: "put", part, value, before: afterOf(document.cards, id, isInCrossing) }));
  }
};

// Their crossings are empty by then, so each comes to the end of its own.
const putCards = (document: MapDocument, isWanted: (card: MapCard) => boolean): MapEdit[] =>
  document.cards.filter(isWanted).map((value) => ({ do: "put", part: "card", value, before: null }));

const listNames = { stage: "stages", step: "steps", lane: "lanes", card: "cards" } as const;

const anywhere = (): boolean => true;
const isInStageOf = (step: Pick<MapStep, "stageId">) => (other: MapStep): boolean => other.stageId === step.stageId;
const isInCrossing = (card: Pick<MapCard, "stepId" | "laneId">) => (other: MapCard): boolean => other.stepId === card.stepId && other.laneId === card.laneId;

const has = (list: readonly Part[], id: string): boolean => list.some((part) => part.id === id);
const placesOf = (list: readonly Part[]): Map<string, number> => new Map(list.map(({ id }, index) => [id, index]));
const placeIn = (places: ReadonlyMap<string, number>, id: string): number => places.get(id) ?? places.size;

/** The part to be put in front of, when it is there and lies in the same list; else null, which means the end. */
const nearOf = <Value extends Part>(list: readonly Value[], before: string | null, isBeside: (other: Value) => boolean): string | null =>
  before !== null && list.some((part) => part.id === before && isBeside(part)) ? before : null;

const indexBefore = (list: readonly Part[], before: string | null): number => (before === null ? list.length : list.findIndex(({ id }) => id === before));

const nextOf = <Value extends Part>(list: readonly Value[], index: number, isBeside: (other: Value) => boolean): string | null =>
  list.find((part, place) => place > index && isBeside(part))?.id ?? null;

/** What stands after a part in its own list; null when it is the last. */
const afterOf = <Value extends Part>(list: readonly Value[], id: string, besideOf: (value: Value) => (other: Value) => boolean): string | null => {
  const index = list.findIndex((part) => part.id === id);
  const there = list[index];
  return there === undefined ? null : nextOf(list, index, besideOf(there));
};

const pick = <Value extends object>(value: Value, like: object): Partial<Value> => {
  const picked: Partial<Value> = {};
  for (const field in value) if (field in like) picked[field] = value[field];
  return picked;
};
