// What a survey asks besides its score and its comment, answered as somebody would who lived through it.
import type { Random } from "./demo-random.rules.ts";

/** One more answer: an option of a question, or a mark on a scale from 1 to 5. */
export type Also = { question: string } & ({ choice: string } | { mark: number });

type Arrival = { isEarly: boolean; daysLate: number; isInformed: boolean; isLost: boolean };

/** Whether it came in time, as it did, and how well people were kept informed. */
export const alsoOfDelivery = (arrival: Arrival) => (random: Random): readonly Also[] => [
  { question: "in_time", choice: arrival.isLost ? "never" : arrival.daysLate > 0 ? "late" : arrival.isEarly ? "earlier" : "in_time" },
  ...(random.chance(0.8) ? [{ question: "informed", mark: markOf(random, arrival) }] : []),
];

// Silence counts only where something went wrong: who gets a parcel in time has heard enough.
const markOf = (random: Random, { daysLate, isInformed, isLost }: Arrival): number => {
  if (daysLate === 0 && !isLost) return random.weighted([[5, 6], [4, 4], [3, 1]] as const);
  return isInformed && !isLost ? random.weighted([[5, 2], [4, 4], [3, 3]] as const) : random.weighted([[1, 5], [2, 4], [3, 1]] as const);
};

/** Whether a matter was settled. Some call settled what the desk thinks is open, and the other way round. */
export const alsoOfTalk = (isSolved: boolean) => (random: Random): readonly Also[] =>
  random.chance(0.85) ? [{ question: "solved", choice: isSolved ? random.weighted([["yes", 9], ["partly", 1]] as const) : random.weighted([["no", 7], ["partly", 3]] as const) }] : [];

/** Whether somebody who bought something found what they came for. */
export const alsoOfVisit = (random: Random): readonly Also[] =>
  random.chance(0.75) ? [{ question: "found", choice: random.weighted([["yes", 16], ["partly", 3], ["no", 1]] as const) }] : [];
