// What can be said of a document as a whole.
import type { MapDocument } from "./document.contract.ts";

export type MapFigures = { steps: number; boundSteps: number; childMapIds: string[] };

/** What lists show of a document, worked out when it is written. */
export const figuresOf = ({ steps }: MapDocument): MapFigures => ({
  steps: steps.length,
  boundSteps: steps.filter(({ matches, childMapId }) => matches.length > 0 || childMapId !== null).length,
  childMapIds: [...new Set(steps.flatMap(({ childMapId }) => (childMapId === null ? [] : [childMapId])))],
});

/** What is wrong with a document that somebody wrote: an id twice, a part in nothing.
 *  @returns a line each, at most twenty; none when it is whole */
export const listFaults = ({ stages, steps, lanes, cards, measured }: MapDocument): string[] => {
  const [stageIds, stepIds, laneIds] = [stages, steps, lanes].map((list) => new Set<string>(list.map(({ id }) => id)));
  return [
    ...listRepeats(stages.map(({ id }) => id)).map((id) => `Two stages have the id "${id}".`),
    ...listRepeats(steps.map(({ id }) => id)).map((id) => `Two steps have the id "${id}".`),
    ...listRepeats(lanes.map(({ id }) => id)).map((id) => `Two lanes have the id "${id}".`),
    ...listRepeats(cards.map(({ id }) => id)).map((id) => `Two cards have the id "${id}".`),
    ...listRepeats(measured).map((lane) => `The measured lane "${lane}" stands there twice.`),
    ...steps.filter((step) => stageIds?.has(step.stageId) !== true).map((step) => `The step "${step.id}" is in no stage: there is none with the id "${step.stageId}".`),
    ...cards.filter((card) => stepIds?.has(card.stepId) !== true).map((card) => `The card "${card.id}" is on no step: there is none with the id "${card.stepId}".`),
    ...cards.filter((card) => laneIds?.has(card.laneId) !== true).map((card) => `The card "${card.id}" is in no lane: there is none with the id "${card.laneId}".`),
  ].slice(0, 20);
};

const listRepeats = (names: readonly string[]): string[] => [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
