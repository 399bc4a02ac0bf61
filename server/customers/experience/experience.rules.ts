import type { Nameable, Place } from "./experience.contract.ts";

/** Naming when nothing is registered: what the sender said, else the words of the event itself.
 *  The register of touchpoints replaces it. */
export const nameByItself = (interaction: Nameable): Place => ({
  touchpoint: interaction.touchpoint ?? (meetsNothing.has(interaction.type) ? null : interaction.name),
  channel: interaction.channel,
  stage: interaction.stage,
  environment: null,
  product: null,
});

const meetsNothing: ReadonlySet<string> = new Set(["identify", "group", "alias", "note", "perception"]);

/** `seq` tells the order of arrival, which decides between two of the same moment. */
export type Met = { atMs: number; seq: number; touchpoint: string };

/** A customer's life so far: what was met last, when each touchpoint was met last, and when each step was last begun. */
export type Life = { last: Met; metMs: Map<string, number>; begunMs: Map<string, number> };

/** What came before an interaction of the same customer: the touchpoint before and the seconds since, when the customer was last here, and when this very
 *  step, from there to here, was last begun. */
export type Step = { previousTouchpoint: string | null; gapS: number | null; hereBeforeMs: number | null; stepBeforeMs: number | null };

export const FIRST_STEP: Step = { previousTouchpoint: null, gapS: null, hereBeforeMs: null, stepBeforeMs: null };

/** Whether a row came late: then its neighbours need repair. */
export const isLate = (life: Life | undefined, { atMs, seq }: Met): boolean =>
  life !== undefined && (atMs < life.last.atMs || (atMs === life.last.atMs && seq < life.last.seq));

/** @param life of the customer so far; undefined for the first interaction @param met no earlier than what was met last */
export const stepFrom = (life: Life | undefined, met: Met): Step =>
  life === undefined
    ? FIRST_STEP
    : {
        previousTouchpoint: life.last.touchpoint,
        gapS: (met.atMs - life.last.atMs) / 1000,
        hereBeforeMs: life.metMs.get(met.touchpoint) ?? null,
        stepBeforeMs: life.begunMs.get(stepKey(life.last.touchpoint, met.touchpoint)) ?? null,
      };

/** The life with one more interaction in it. The one given is used up: copying it for every interaction would take longer than all else. */
export const liveOn = (life: Life | undefined, met: Met): Life => {
  if (life === undefined) return { last: met, metMs: new Map([[met.touchpoint, met.atMs]]), begunMs: new Map() };
  life.begunMs.set(stepKey(life.last.touchpoint, met.touchpoint), life.last.atMs);
  life.metMs.set(met.touchpoint, met.atMs);
  life.last = met;
  return life;
};

export const stepKey = (previous: string, touchpoint: string): string => `${previous}\u0000${touchpoint}`;

// What two empty lists and the customer's place take, in entries.
const EMPTY_LIFE = 8;

/** How much is remembered of a customer, in entries of a list, about a hundred bytes each. */
export const sizeOf = (life: Life | undefined): number => (life === undefined ? 0 : EMPTY_LIFE + life.metMs.size + life.begunMs.size);

/** How fast rows came in, from the times they were received, in the order of their commits, which is nearly that of the times.
 *  @returns rows a second; endless for rows of one moment */
export function arrivalsPerSecond(received: readonly Date[]): number {
  const [first, last] = [received[0], received.at(-1)];
  if (first === undefined || last === undefined || received.length < 2) return 0;
  const passedMs = last.getTime() - first.getTime();
  return passedMs <= 0 ? Number.POSITIVE_INFINITY : ((received.length - 1) * 1000) / passedMs;
}
