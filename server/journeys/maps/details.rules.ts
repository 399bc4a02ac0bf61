// A step that a map of its own shows in detail is what that map is: what belongs to the steps there belongs to it as well.
import type { MapDocument, MapStep, StepMatch } from "./document.contract.ts";

/** Steps with all that belongs to them, their own and that of the maps that show them in detail, at any depth.
 *  @param inside documents of those maps by id; where one is not there any more the step is as one without
 *  @returns in the same order; of a step with a map of its own `matches` and `failures` may be more than one can be given by hand */
export const withDetails = (steps: readonly MapStep[], inside: ReadonlyMap<string, Pick<MapDocument, "steps">>): MapStep[] =>
  steps.map((step) => (step.childMapId === null || !inside.has(step.childMapId) ? { ...step, childMapId: null } : { ...step, ...joined([step, ...stepsInside(step.childMapId, inside, new Set())]) }));

const stepsInside = (mapId: string, inside: ReadonlyMap<string, Pick<MapDocument, "steps">>, seen: Set<string>): MapStep[] => {
  if (seen.has(mapId)) return [];
  seen.add(mapId);
  return (inside.get(mapId)?.steps ?? []).flatMap((step) => [step, ...(step.childMapId === null ? [] : stepsInside(step.childMapId, inside, seen))]);
};

const joined = (steps: readonly MapStep[]): Pick<MapStep, "matches" | "failures"> => {
  const matches = eachOnce(steps.flatMap((step) => step.matches));
  // What tells of a failure within may be a step of its own there: here it is both.
  return { matches, failures: eachOnce(steps.flatMap((step) => step.failures)) };
};

const eachOnce = (matches: readonly StepMatch[]): StepMatch[] => [...new Map(matches.map((match) => [JSON.stringify([match.touchpoint, match.channel]), match])).values()];
