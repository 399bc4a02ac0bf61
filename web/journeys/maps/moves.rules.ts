import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { cardsAt, columnsOf } from "./grid.rules.ts";

export type Direction = "left" | "right" | "up" | "down";
/** A part, or the crossing of a step and a lane, as it is dragged or dropped on: "card:ab12", "cell:ab12:cd34". */
export type PlaceName = string;
type Part = "stage" | "step" | "lane" | "card";

/** One step by keys.
 *  @returns null when there is nowhere to go */
export const stepPart = (document: MapDocument, part: Part, id: string, direction: Direction): MapEdit | null => {
  if (part === "card") return stepCard(document, id, direction);
  if (part === "lane") return direction === "up" || direction === "down" ? besides(document.lanes, id, direction === "up" ? -1 : 1, (before) => ({ do: "move", part, id, before })) : null;
  if (direction !== "left" && direction !== "right") return null;
  const by = direction === "left" ? -1 : 1;
  if (part === "stage") return besides(document.stages, id, by, (before) => ({ do: "move", part, id, before }));
  return stepAside(document, id, by);
};

/** What dropping one thing on another does: a part takes the place of the one it is dropped on.
 *  @returns null when nothing changes */
export const dropPart = (document: MapDocument, dragged: PlaceName, onto: PlaceName): MapEdit | null => {
  const [part, id = ""] = dragged.split(":");
  const [target, targetId = "", laneId = ""] = onto.split(":");
  if (part === "card") return dropCard(document, id, target === "cell" ? { stepId: targetId, laneId, cardId: null } : placeOfCard(document, target === "card" ? targetId : ""));
  if (part !== target || id === targetId) return null;
  if (part === "stage") return onPlaceOf(document.stages, id, targetId, (before) => ({ do: "move", part: "stage", id, before }));
  if (part === "lane") return onPlaceOf(document.lanes, id, targetId, (before) => ({ do: "move", part: "lane", id, before }));
  return part === "step" ? dropStep(document, id, targetId) : null;
};

const stepAside = (document: MapDocument, id: string, by: -1 | 1): MapEdit | null => {
  const step = document.steps.find((one) => one.id === id);
  if (step === undefined) return null;
  const within = document.steps.filter(({ stageId }) => stageId === step.stageId);
  const inside = besides(within, id, by, (before) => ({ do: "move", part: "step", id, stageId: step.stageId, before }));
  if (inside !== null) return inside;
  // At the edge of its stage a step goes over into the next one.
  const stage = document.stages[document.stages.findIndex((one) => one.id === step.stageId) + by];
  if (stage === undefined) return null;
  const first = document.steps.find(({ stageId }) => stageId === stage.id);
  return { do: "move", part: "step", id, stageId: stage.id, before: by === 1 ? (first?.id ?? null) : null };
};

const stepCard = (document: MapDocument, id: string, direction: Direction): MapEdit | null => {
  const card = document.cards.find((one) => one.id === id);
  if (card === undefined) return null;
  if (direction === "left" || direction === "right") {
    const steps = columnsOf(document).flatMap(({ step }) => (step === null ? [] : [step.id]));
    const stepId = steps[steps.indexOf(card.stepId) + (direction === "left" ? -1 : 1)];
    return stepId === undefined ? null : { do: "move", part: "card", id, stepId, laneId: card.laneId, before: null };
  }
  const by = direction === "up" ? -1 : 1;
  const inside = besides(cardsAt(document, card.stepId, card.laneId), id, by, (before) => ({ do: "move", part: "card", id, stepId: card.stepId, laneId: card.laneId, before }));
  if (inside !== null) return inside;
  const lane = document.lanes[document.lanes.findIndex((one) => one.id === card.laneId) + by];
  const first = lane === undefined ? undefined : cardsAt(document, card.stepId, lane.id)[0];
  return lane === undefined ? null : { do: "move", part: "card", id, stepId: card.stepId, laneId: lane.id, before: by === 1 ? (first?.id ?? null) : null };
};

type CardPlace = { stepId: string; laneId: string; cardId: string | null };

const placeOfCard = (document: MapDocument, id: string): CardPlace | null => {
  const card = document.cards.find((one) => one.id === id);
  return card === undefined ? null : { stepId: card.stepId, laneId: card.laneId, cardId: card.id };
};

const dropCard = (document: MapDocument, id: string, place: CardPlace | null): MapEdit | null => {
  const card = document.cards.find((one) => one.id === id);
  if (card === undefined || place === null || place.cardId === id) return null;
  const isHere = card.stepId === place.stepId && card.laneId === place.laneId;
  const move = (before: string | null): MapEdit => ({ do: "move", part: "card", id, stepId: place.stepId, laneId: place.laneId, before });
  const cards = cardsAt(document, place.stepId, place.laneId);
  if (place.cardId === null) return isHere && cards.at(-1)?.id === id ? null : move(null);
  return isHere ? onPlaceOf(cards, id, place.cardId, move) : move(place.cardId);
};

const dropStep = (document: MapDocument, id: string, targetId: string): MapEdit | null => {
  const step = document.steps.find((one) => one.id === id);
  const target = document.steps.find((one) => one.id === targetId);
  if (step === undefined || target === undefined) return null;
  const move = (before: string | null): MapEdit => ({ do: "move", part: "step", id, stageId: target.stageId, before });
  if (step.stageId !== target.stageId) return move(targetId);
  return onPlaceOf(document.steps.filter(({ stageId }) => stageId === step.stageId), id, targetId, move);
};

/** One place on within a list; `make` gets what it then stands in front of. */
const besides = (list: readonly { id: string }[], id: string, by: -1 | 1, make: (before: string | null) => MapEdit): MapEdit | null => {
  const place = list.findIndex((one) => one.id === id);
  const neighbour = list[place + by];
  if (place === -1 || neighbour === undefined) return null;
  return make(by === -1 ? neighbour.id : (list[place + 2]?.id ?? null));
};

/** The place of another one in the same list, which gives way to the side it was dragged from. */
const onPlaceOf = (list: readonly { id: string }[], id: string, targetId: string, make: (before: string | null) => MapEdit): MapEdit | null => {
  const from = list.findIndex((one) => one.id === id);
  const to = list.findIndex((one) => one.id === targetId);
  if (from === -1 || to === -1 || from === to) return null;
  return make(from < to ? (list[to + 1]?.id ?? null) : targetId);
};
