// Who is compared with whom: those who met something, and those who stood where they stood and never met it.
import type { Stratum } from "./clusters.rules.ts";
import { codeOfStand, countStandKeys, outcomeAfter, standKey, type Outcome, type Stands, type Travel } from "./travels.rules.ts";

/** First meetings of one thing, column by column: places of paths, and of the steps before and at it. */
export type Met = { travels: number[]; froms: number[]; ats: number[] };

/** `point`: the code it is most typically met from; see `codeOfStand`. Sums are of paths whose outcome is known. */
export type Matched = { strata: Stratum[]; point: number; with: { count: number; sum: number }; without: { count: number; sum: number }; above: number[]; others: number[] };

export type Travels = { travels: readonly Travel[]; /** How often each code was passed, as `countPassed` gives it. */ passed: readonly number[]; stands: Stands; names: number; groups: number; channels: number; outcome: Outcome; slots: Int32Array };

/** Where the strata of one thing are found by number while it is matched; all zero before and after. */
export const makeSlots = ({ names, groups, channels }: Pick<Travels, "names" | "groups" | "channels">): Int32Array => new Int32Array(countStandKeys(names) * channels * groups);

/** Puts paths with and without something in strata: the step before, about as many steps so far, the goal reached already or not, channel of
 *  first contact, segments. Each path without it is counted once, from one of the stands where others met it, drawn by how many did so there.
 *  @param isTurn of a connection or a loop: who went straight to the goal instead is left out, else every other turn would be missing the goal by another name
 *  @returns places of paths with it whose outcome is above zero, and of the others with it */
export const matchMeetings = (all: Travels, met: Met, isTurn: boolean, random: () => number): Matched => {
  const { travels, stands, names, outcome, slots } = all;
  const hasMet = new Uint8Array(travels.length);
  const strata: Held[] = [];
  const { point, ...held } = holdMeetings(all, met, { hasMet, strata });
  const without = { count: 0, sum: 0 };
  for (const [place, travel] of travels.entries()) {
    if (hasMet[place] === 1) continue;
    const reached = point === names + 1 ? -1 : travel.codes.indexOf(point);
    // A goal counts wherever it was reached: that is how anybody would count it first.
    const told = reached === -1 && point !== names + 1 ? null : outcomeAfter(travel, outcome.name === "goal" ? -1 : reached, outcome);
    if (told !== null) {
      without.count += 1;
      without.sum += told;
    }
    const chosen = drawStand(all, { place, travel, isTurn, strata }, random);
    if (chosen === -1) continue;
    const value = outcomeAfter(travel, stands.ats[chosen] ?? 0, outcome);
    if (value === null) continue;
    const stratum = strata[(slots[stratumKey(all, travel, stands.keys[chosen] ?? 0)] ?? 0) - 1];
    stratum?.without.push(value);
    stratum?.owners.without.push(travel.owner);
  }
  for (const { key } of strata) slots[key] = 0;
  return { ...held, strata, point, without };
};

type Held = Stratum & { key: number };
type Filled = { hasMet: Uint8Array; strata: Held[] };

const holdMeetings = (all: Travels, met: Met, { hasMet, strata }: Filled): Pick<Matched, "point" | "with" | "above" | "others"> => {
  const { travels, names, outcome, slots } = all;
  const points = new Map<number, number>();
  const held = { count: 0, sum: 0 };
  const [above, others]: [number[], number[]] = [[], []];
  for (const [at, place] of met.travels.entries()) {
    const travel = travels[place];
    if (travel === undefined) continue;
    hasMet[place] = 1;
    const stand = standKey(travel, met.froms[at] ?? -1, names);
    points.set(codeOfStand(stand), (points.get(codeOfStand(stand)) ?? 0) + 1);
    const value = outcomeAfter(travel, met.ats[at] ?? 0, outcome);
    if (value === null) continue;
    const key = stratumKey(all, travel, stand);
    if (slots[key] === 0) slots[key] = strata.push({ key, with: [], without: [], owners: { with: [], without: [] } });
    const stratum = strata[(slots[key] ?? 0) - 1];
    stratum?.with.push(value);
    stratum?.owners.with.push(travel.owner);
    held.count += 1;
    held.sum += value;
    (value > 0 ? above : others).push(place);
  }
  return { point: typicalPoint(points, all.passed) ?? names + 1, with: held, above, others };
};

/** How often each step was passed at all, rarer names and beginnings last. */
export const countPassed = (travels: readonly Travel[], names: number): number[] => {
  const passed = Array.from({ length: names + 2 }, () => 0);
  for (const { codes } of travels) for (const code of [names + 1, ...codes]) passed[code] = (passed[code] ?? 0) + 1;
  return passed;
};

// What everybody passes all the time comes right before anything: the step is told that comes before it more often than its own frequency says, and
// often enough to matter. Source: the largest term of the Kullback–Leibler divergence of steps before it from all steps.
const typicalPoint = (points: ReadonlyMap<number, number>, passed: readonly number[]): number | undefined => {
  const [met, total] = [[...points.values()].reduce((sum, count) => sum + count, 0), passed.reduce((sum, count) => sum + count, 0)];
  const weightOf = (code: number, count: number): number => count * Math.log((count * total) / (met * Math.max(1, passed[code] ?? 0)));
  return [...points].toSorted(([one, count], [other, otherCount]) => weightOf(other, otherCount) - weightOf(one, count) || otherCount - count || one - other)[0]?.[0];
};

type Drawing = { place: number; travel: Travel; isTurn: boolean; strata: readonly Stratum[] };

/** @returns the place among all stands; -1 where nobody met it who was alike */
const drawStand = ({ stands: { keys, straight, starts }, slots, channels, groups }: Travels, { place, travel: { channel, group }, isTurn, strata }: Drawing, random: () => number): number => {
  let [chosen, total] = [-1, 0];
  const end = starts[place + 1] ?? 0;
  for (let at = starts[place] ?? 0; at < end; at += 1) {
    const slot = slots[((keys[at] ?? 0) * channels + channel) * groups + group] ?? 0;
    if (slot === 0 || (isTurn && straight[at] === 1)) continue;
    const weight = strata[slot - 1]?.with.length ?? 0;
    total += weight;
    if (random() * total < weight) chosen = at;
  }
  return chosen;
};

const stratumKey = ({ channels, groups }: Travels, { channel, group }: Travel, stand: number): number => (stand * channels + channel) * groups + group;
