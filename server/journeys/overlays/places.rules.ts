// Which touchpoints and channels belong to which steps of a map.
import type { Naming } from "../../customers/experience/experience.contract.ts";
import type { MapStep, StepMatch } from "../maps/document.contract.ts";

/** A touchpoint under its present name, through one channel or any (null). */
export type Place = { touchpoint: string; channel: string | null };
/** What of the data belongs to a step; `next` is the place in the list of the step that customers go on to. */
export type BoundStep = { step: MapStep; matches: readonly Place[]; failures: readonly Place[]; next: number | null };

/** Binds the steps of a map to the names data bears now: a former name of a registered touchpoint stands for its present one.
 *  @param steps in the order of the map
 *  @param naming of the workspace
 *  @returns one per step, in the same order */
export const bindSteps = (steps: readonly MapStep[], naming: Naming): BoundStep[] =>
  steps.map((step, at) => ({ step, matches: step.matches.map((match) => placeOf(match, naming)), failures: step.failures.map((match) => placeOf(match, naming)), next: nextOf(steps, at) }));

/** Places in the list of all steps that what happened at a touchpoint through a channel belongs to. */
export const stepsAt = (bound: readonly BoundStep[], met: Place): number[] => placesWhere(bound, ({ matches }) => isAmong(matches, met));

/** Places in the list of all steps that it says went wrong. */
export const failuresAt = (bound: readonly BoundStep[], met: Place): number[] => placesWhere(bound, ({ failures }) => isAmong(failures, met));

/** Names of all touchpoints that steps are bound to, each once. */
export const touchpointsOf = (bound: readonly BoundStep[]): string[] => [...new Set(bound.flatMap(({ matches, failures }) => [...matches, ...failures]).map(({ touchpoint }) => touchpoint))];

/** Ids of other steps that something met at this one belongs to as well. */
export const sharesWith = (bound: readonly BoundStep[], at: number): string[] =>
  bound.filter((other, place) => place !== at && other.matches.some((one) => bound[at]?.matches.some((own) => own.touchpoint === one.touchpoint && (own.channel === null || one.channel === null || own.channel === one.channel)) === true)).map(({ step }) => step.id);

const isAmong = (places: readonly Place[], met: Place): boolean => places.some(({ touchpoint, channel }) => touchpoint === met.touchpoint && (channel === null || channel === met.channel));

const placesWhere = (bound: readonly BoundStep[], holds: (step: BoundStep) => boolean): number[] => bound.flatMap((step, at) => (holds(step) ? [at] : []));

const placeOf = ({ touchpoint, channel }: StepMatch, naming: Naming): Place => {
  const named = naming({ type: "perception", name: "", channel, touchpoint, stage: null, source: "", message: null });
  return { touchpoint: named.touchpoint ?? touchpoint, channel };
};

// Customers may leave an optional step out, so the time to it would be of those alone who did not.
const nextOf = (steps: readonly MapStep[], at: number): number | null => {
  const later = steps.flatMap((step, place) => (place > at && step.matches.length > 0 ? [{ place, step }] : []));
  return (later.find(({ step }) => !step.isOptional) ?? later[0])?.place ?? null;
};
