// Which touchpoints and channels belong to which steps of a map.
import type { Naming } from "../../customers/experience/experience.contract.ts";
import type { MapStep, StepMatch } from "../maps/document.contract.ts";
import { listForks, type Fork } from "../maps/forks.rules.ts";

/** A touchpoint under its present name, through one channel or any (null). */
export type Spot = { touchpoint: string; channel: string | null };
/** What of the data belongs to a step; `next` is the place in the list of the step that customers go on to, `orNext` those they may go on to instead. */
export type BoundStep = { step: MapStep; matches: readonly Spot[]; failures: readonly Spot[]; next: number | null; orNext?: readonly number[] };

/** Binds the steps of a map to the names data bears now: a former name of a registered touchpoint stands for its present one.
 *  @param steps in the order of the map
 *  @param naming of the workspace
 *  @returns one per step, in the same order */
export const bindSteps = (steps: readonly MapStep[], naming: Naming): BoundStep[] => {
  const forks = listForks(steps);
  return steps.map((step, at) => {
    const [next = null, ...orNext] = nextOf(steps, forks, at);
    return { step, matches: step.matches.map((match) => spotOf(match, naming)), failures: step.failures.map((match) => spotOf(match, naming)), next, orNext };
  });
};

/** Places in the list of all steps that what happened at a touchpoint through a channel belongs to. */
export const stepsAt = (bound: readonly BoundStep[], met: Spot): number[] => stepsWhere(bound, ({ matches }) => isAmong(matches, met));

/** Places in the list of all steps that it says went wrong. */
export const failuresAt = (bound: readonly BoundStep[], met: Spot): number[] => stepsWhere(bound, ({ failures }) => isAmong(failures, met));

/** Names of all touchpoints that steps are bound to, each once. */
export const touchpointsOf = (bound: readonly BoundStep[]): string[] => [...new Set(bound.flatMap(({ matches, failures }) => [...matches, ...failures]).map(({ touchpoint }) => touchpoint))];

/** Ids of other steps that something met at this one belongs to as well. */
export const sharesWith = (bound: readonly BoundStep[], at: number): string[] =>
  bound.filter((other, place) => place !== at && other.matches.some((one) => bound[at]?.matches.some((own) => own.touchpoint === one.touchpoint && (own.channel === null || one.channel === null || own.channel === one.channel)) === true)).map(({ step }) => step.id);

const isAmong = (spots: readonly Spot[], met: Spot): boolean => spots.some(({ touchpoint, channel }) => touchpoint === met.touchpoint && (channel === null || channel === met.channel));

const stepsWhere = (bound: readonly BoundStep[], holds: (step: BoundStep) => boolean): number[] => bound.flatMap((step, at) => (holds(step) ? [at] : []));

const spotOf = ({ touchpoint, channel }: StepMatch, naming: Naming): Spot => {
  const named = naming({ type: "perception", name: "", channel, touchpoint, stage: null, source: "", message: null });
  return { touchpoint: named.touchpoint ?? touchpoint, channel: channel === null ? null : (named.channel ?? channel) };
};

// Customers may leave an optional step out, so the time to it would be of those alone who did not; and of several ways they take one, so each may be next.
const nextOf = (steps: readonly MapStep[], forks: readonly Fork[], at: number): number[] => {
  const choose = (places: readonly number[]): number[] => {
    const bound = places.filter((place) => (steps[place]?.matches.length ?? 0) > 0);
    return [bound.find((place) => steps[place]?.isOptional === false) ?? bound[0]].filter((place) => place !== undefined);
  };
  const own = forks.find(({ ways }) => ways.flat().includes(at));
  const otherWays = new Set(own?.ways.filter((way) => !way.includes(at)).flat());
  const [next] = choose(steps.map((_, place) => place).filter((place) => place > at && !otherWays.has(place)));
  const fork = next === undefined ? undefined : forks.find((one) => one !== own && one.ways.flat().includes(next));
  return fork === undefined ? (next === undefined ? [] : [next]) : fork.ways.flatMap(choose);
};
