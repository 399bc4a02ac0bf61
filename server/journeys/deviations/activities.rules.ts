// What of the data counts as the same thing done, so that traces can be laid on the line of a map's steps.
import { listForks } from "../maps/forks.rules.ts";
import { failuresAt, stepsAt, type BoundStep, type Spot } from "../overlays/spots.rules.ts";

/** Something customers did. `steps` and `failureOf` are places in the line; with neither it lies beside the map. */
export type Activity = {
  name: string; touchpoint: string; steps: readonly number[]; failureOf: readonly number[];
  /** Of the one step that has a map of its own: that map tells in which order what lies within it was done. */
  isDetailed: boolean;
};
export type Activities = {
  /** The steps that data can belong to, in their order. */
  line: readonly BoundStep[];
  /** What each step is called among activities. Steps that something met belongs to alike are called alike. */
  lineNames: readonly string[];
  optional: ReadonlySet<number>;
  /** Where the line parts, as an alignment wants it. */
  forks: readonly (readonly number[])[];
  activities: readonly Activity[];
  /** The place among activities of each of the places given. */
  codes: readonly number[];
};

/** Gives all touchpoints and channels met a number by what they mean to the map. Beside the map the channel makes no difference.
 *  @param bound steps of a map in their order
 *  @param met touchpoints and channels, each pair once */
export const nameActivities = (bound: readonly BoundStep[], met: readonly Spot[]): Activities => {
  const line = bound.filter(({ matches }) => matches.length > 0);
  const found = met.map((place) => ({ touchpoint: place.touchpoint, steps: stepsAt(line, place), failureOf: failuresAt(line, place) }));
  const lineNames = joinAlike(line.length, found.map(({ steps }) => steps)).map((first) => `step ${first}`);
  const detailed = new Set(line.flatMap(({ step }, at) => (step.childMapId === null ? [] : (lineNames[at] ?? []))).filter((name) => lineNames.indexOf(name) === lineNames.lastIndexOf(name)));
  const byKey = new Map<string, number>();
  const activities: Activity[] = [];
  const codes = found.map(({ touchpoint, steps, failureOf }) => {
    const [first] = steps;
    const name = first === undefined ? (failureOf.length > 0 ? `failure ${failureOf.join(",")}` : `beside ${touchpoint}`) : (lineNames[first] ?? "");
    const key = `${name}|${steps.join(",")}|${failureOf.join(",")}`;
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, activities.length);
    return activities.push({ name, touchpoint, steps, failureOf, isDetailed: detailed.has(name) }) - 1;
  });
  return { line, lineNames, optional: new Set(line.flatMap(({ step }, at) => (step.isOptional ? [at] : []))), forks: forksInLine(bound), activities, codes };
};

// Steps that are only drawn do not stand in the line; a way of nothing else is there all the same, as one that data cannot show.
const forksInLine = (bound: readonly BoundStep[]): number[][] => {
  const inFrontOf = (place: number): number => bound.slice(0, place).filter(({ matches }) => matches.length > 0).length;
  return listForks(bound.map(({ step }) => step)).map(({ ways }) => [...ways.map(([first = 0]) => inFrontOf(first)), inFrontOf((ways.flat().at(-1) ?? 0) + 1)]);
};

/** What each way of a fork begins with: the first step of it that must be done, or else the first. */
export const namesOfWays = ({ line, optional, forks }: Activities, fork: number): string[] =>
  waysIn(forks[fork] ?? []).flatMap((places) => line[places.find((at) => !optional.has(at)) ?? places[0] ?? -1]?.step.name ?? []);

/** Forks of which somebody took no way at all, so that what is missing is one of them and not the steps of any.
 *  @param done places in the line that were met, in order or not */
export const untakenForks = ({ forks }: Activities, done: ReadonlySet<number>): number[] =>
  forks.flatMap((bounds, fork) => (waysIn(bounds).flat().some((at) => done.has(at)) ? [] : [fork]));

/** The fork a place in the line lies in; null: in none. */
export const forkOf = ({ forks }: Activities, at: number): number | null => {
  const fork = forks.findIndex((bounds) => waysIn(bounds).flat().includes(at));
  return fork === -1 ? null : fork;
};

const waysIn = (bounds: readonly number[]): number[][] =>
  bounds.slice(0, -1).map((first, way) => Array.from({ length: (bounds[way + 1] ?? first) - first }, (_, step) => first + step));

/** Whether it is laid on the line. A mere failure is a state of a step, not a step. */
export const isLaid = ({ steps, failureOf }: Activity): boolean => steps.length > 0 || failureOf.length === 0;

/** For each place the first of those it is joined with. */
const joinAlike = (count: number, groups: readonly (readonly number[])[]): number[] => {
  const firsts = Array.from({ length: count }, (_, at) => at);
  for (const group of groups) {
    const joined = new Set(group.map((at) => firsts[at]));
    const least = Math.min(...group.map((at) => firsts[at] ?? at));
    for (const [at, first] of firsts.entries()) if (joined.has(first)) firsts[at] = least;
  }
  return firsts;
};
