// Who is compared with whom: those who met something, and those who stood where they stood and never met it.
import type { Stratum } from "./comparisons.rules.ts";
import { codeOfStand, countStandKeys, outcomeAfter, standKey, type Outcome, type Stand, type Travel } from "./travels.rules.ts";

/** First meetings of one thing, column by column: places of paths, and of the steps before and at it. */
export type Met = { travels: number[]; froms: number[]; ats: number[] };

/** `point`: the code most met it from; see `codeOfStand`. Sums are of paths whose outcome is known. */
export type Matched = { strata: Stratum[]; point: number; with: { count: number; sum: number }; without: { count: number; sum: number }; above: number[]; others: number[] };

export type Travels = { travels: readonly Travel[]; stands: readonly (readonly Stand[])[]; names: number; groups: number; channels: number; outcome: Outcome };

/** Puts paths with and without something in strata: the step before, about as many steps so far, the goal reached already or not, channel of
 *  first contact, segments. Each path without it is counted once, from one of the stands where others met it, drawn by how many did so there.
 *  @param isTurn of a connection or a loop: who went straight to the goal instead is left out, else every other turn would be missing the goal by another name
 *  @returns places of paths with it whose outcome is above zero, and of the others with it */
export const matchMeetings = (all: Travels, met: Met, isTurn: boolean, random: () => number): Matched => {
  const { travels, stands, names, outcome } = all;
  const isThere = new Uint8Array(countStandKeys(names));
  const hasMet = new Uint8Array(travels.length);
  const strata = new Map<number, Held>();
  const { point, ...held } = holdMeetings(all, met, { isThere, hasMet, strata });
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
    const chosen = drawStand(all, { travel, stands: stands[place] ?? [], isTurn, isThere, strata }, random);
    if (chosen === null) continue;
    const value = outcomeAfter(travel, chosen.at, outcome);
    if (value !== null) strata.get(stratumKey(all, travel, chosen.key))?.without.push(value);
  }
  return { ...held, strata: [...strata.values()], point, without };
};

type Held = Stratum & { weight: number };
type Filled = { isThere: Uint8Array; hasMet: Uint8Array; strata: Map<number, Held> };

const holdMeetings = (all: Travels, met: Met, { isThere, hasMet, strata }: Filled): Pick<Matched, "point" | "with" | "above" | "others"> => {
  const { travels, names, outcome } = all;
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
    isThere[stand] = 1;
    const key = stratumKey(all, travel, stand);
    const stratum = strata.get(key) ?? { with: [], without: [], weight: 0 };
    strata.set(key, stratum);
    stratum.with.push(value);
    stratum.weight += 1;
    held.count += 1;
    held.sum += value;
    (value > 0 ? above : others).push(place);
  }
  const point = [...points].toSorted(([one, count], [other, otherCount]) => otherCount - count || one - other)[0]?.[0] ?? names + 1;
  return { point, with: held, above, others };
};

type Drawing = { travel: Travel; stands: readonly Stand[]; isTurn: boolean; isThere: Uint8Array; strata: ReadonlyMap<number, { weight: number }> };

const drawStand = (all: Travels, { travel, stands, isTurn, isThere, strata }: Drawing, random: () => number): Stand | null => {
  let [chosen, total]: [Stand | null, number] = [null, 0];
  for (const stand of stands) {
    if (isThere[stand.key] !== 1 || (isTurn && stand.isStraight)) continue;
    const weight = strata.get(stratumKey(all, travel, stand.key))?.weight ?? 0;
    total += weight;
    if (weight > 0 && random() * total < weight) chosen = stand;
  }
  return chosen;
};

const stratumKey = ({ channels, groups }: Travels, { channel, group }: Travel, stand: number): number => (stand * channels + channel) * groups + group;
