// Where customers go one of several ways.
import type { MapDocument, MapStep } from "./document.contract.ts";
import { applyEdits } from "./document.rules.ts";
import type { MapEdit } from "./edits.contract.ts";

/** The places of its ways among the steps, way by way; those of a fork follow each other without a gap. */
export type Fork = { id: string; ways: readonly (readonly number[])[] };

/** Forks as they are drawn: neighbours of one stage that bear the same fork, and among them at least two ways.
 *  @param steps in the order of the map
 *  @returns in that order; a way that is taken up again behind another one is a way of its own */
export const listForks = (steps: readonly Pick<MapStep, "stageId" | "fork">[]): Fork[] => {
  const runs: { id: string; stageId: string; way: number; ways: number[][] }[] = [];
  let last: (typeof runs)[number] | undefined;
  for (const [place, { stageId, fork }] of steps.entries()) {
    if (fork === null) last = undefined;
    else if (last === undefined || last.id !== fork.id || last.stageId !== stageId) runs.push((last = { id: fork.id, stageId, way: fork.way, ways: [[place]] }));
    else if (last.way === fork.way) last.ways.at(-1)?.push(place);
    else {
      last.way = fork.way;
      last.ways.push([place]);
    }
  }
  return runs.filter(({ ways }) => ways.length > 1).map(({ id, ways }) => ({ id, ways }));
};

/** A new step that customers may take instead of another: one more way, behind that of the other one.
 *  @param given the new step, where its stage and fork do not matter, and a name for the fork should there be none yet
 *  @returns no edits when there are nine ways already */
export const addWay = (document: MapDocument, step: MapStep, given: { value: MapStep; forkId: string }): MapEdit[] => {
  const here = document.steps.findIndex(({ id }) => id === step.id);
  const fork = listForks(document.steps).find(({ ways }) => ways.flat().includes(here));
  const id = fork === undefined || step.fork === null ? given.forkId : step.fork.id;
  const way = fork === undefined ? 2 : freeWay(document.steps, id);
  if (way === null) return [];
  const last = fork?.ways.find((places) => places.includes(here))?.at(-1) ?? here;
  return [
    ...(fork === undefined ? [forkTo(step, { id, way: 1 })] : []),
    { do: "put", part: "step", value: { ...given.value, stageId: step.stageId, fork: { id, way } }, before: nextInStage(document.steps, last) },
  ];
};

/** Makes a step another way beside the one before it in its stage.
 *  @returns no edits where there is none before, or the step lies in a fork already */
export const joinBefore = (document: MapDocument, step: MapStep, forkId: string): MapEdit[] => {
  const here = document.steps.findIndex(({ id }) => id === step.id);
  const forks = listForks(document.steps);
  const before = document.steps[here - 1];
  if (before === undefined || before.stageId !== step.stageId || forks.some(({ ways }) => ways.flat().includes(here))) return [];
  const fork = forks.find(({ ways }) => ways.flat().includes(here - 1));
  if (fork === undefined) return [forkTo(before, { id: forkId, way: 1 }), forkTo(step, { id: forkId, way: 2 })];
  const way = freeWay(document.steps, fork.id);
  return way === null ? [] : [forkTo(step, { id: fork.id, way })];
};

/** Takes a step out of its fork; it then stands behind it, as something everybody does. */
export const leaveFork = (document: MapDocument, step: MapStep): MapEdit[] => {
  const here = document.steps.findIndex(({ id }) => id === step.id);
  const fork = listForks(document.steps).find(({ ways }) => ways.flat().includes(here));
  if (fork === undefined) return [];
  const last = fork.ways.flat().at(-1) ?? here;
  const moved: MapEdit[] = last === here ? [] : [{ do: "move", part: "step", id: step.id, stageId: step.stageId, before: nextInStage(document.steps, last) }];
  return withForksTidy(document, [forkTo(step, null), ...moved]);
};

/** Edits with what they make necessary: a step that comes to lie within a fork goes the way of the one before it, and one that nothing is left to
 *  choose beside bears no fork any more. */
export const withForksTidy = (document: MapDocument, edits: readonly MapEdit[]): MapEdit[] => {
  const moved = new Set(edits.flatMap((edit) => (edit.do === "move" && edit.part === "step" ? [edit.id] : [])));
  const after = applyEdits(document, edits).document.steps;
  const joined = after.map((step, place) => (moved.has(step.id) ? { ...step, fork: forkBetween(after, place) ?? step.fork } : step));
  const inFork = new Set(listForks(joined).flatMap(({ ways }) => ways.flat()));
  const wanted = joined.map((step, place) => (inFork.has(place) ? step.fork : null));
  // What bore a fork without being in one before stays as it is: it is somebody else's half-drawn thing.
  const wasIn = new Set(listForks(document.steps).flatMap(({ ways }) => ways.flat()).map((place) => document.steps[place]?.id));
  return [...edits, ...after.flatMap((step, place) => {
    const fork = wanted[place] ?? null;
    const isAlike = step.fork?.id === fork?.id && step.fork?.way === fork?.way;
    return isAlike || !(wasIn.has(step.id) || moved.has(step.id)) ? [] : [forkTo(step, fork)];
  })];
};

/** What a new step behind another one bears: it goes on that way. */
export const forkAfter = (document: MapDocument, step: MapStep): MapStep["fork"] => {
  const here = document.steps.findIndex(({ id }) => id === step.id);
  return listForks(document.steps).some(({ ways }) => ways.flat().includes(here)) ? step.fork : null;
};

const forkTo = ({ id, fork: was }: MapStep, fork: MapStep["fork"]): MapEdit => ({ do: "change", part: "step", id, was: { fork: was }, now: { fork } });

const forkBetween = (steps: readonly MapStep[], place: number): MapStep["fork"] => {
  const [step, before, next] = [steps[place], steps[place - 1], steps[place + 1]];
  const isWithin = step !== undefined && before?.stageId === step.stageId && next?.stageId === step.stageId && before.fork !== null && before.fork.id === next.fork?.id;
  return isWithin && step.fork?.id !== before.fork?.id ? before.fork : null;
};

const WAYS_MAX = 9;

const freeWay = (steps: readonly MapStep[], forkId: string): number | null => {
  const taken = new Set(steps.flatMap(({ fork }) => (fork?.id === forkId ? [fork.way] : [])));
  return Array.from({ length: WAYS_MAX }, (_, index) => index + 1).find((way) => !taken.has(way)) ?? null;
};

const nextInStage = (steps: readonly MapStep[], place: number): string | null => {
  const next = steps[place + 1];
  return next !== undefined && next.stageId === steps[place]?.stageId ? next.id : null;
};
