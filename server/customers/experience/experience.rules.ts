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
export type Seen = { atMs: number; seq: number; touchpoint: string | null };
export type Stepped = { previousTouchpoint: string | null; gapS: number | null; isLate: boolean; last: Seen };

/** What came before an interaction of the same customer.
 *  @param last the customer's latest interaction so far; undefined for the first
 *  @returns the step, whether the row came late (then its neighbours need repair), and the latest interaction afterwards */
export const stepFrom = (last: Seen | undefined, row: Seen): Stepped => {
  if (last === undefined) return { previousTouchpoint: null, gapS: null, isLate: false, last: row };
  if (row.atMs < last.atMs || (row.atMs === last.atMs && row.seq < last.seq)) return { previousTouchpoint: null, gapS: null, isLate: true, last };
  return { previousTouchpoint: last.touchpoint, gapS: (row.atMs - last.atMs) / 1000, isLate: false, last: row };
};

/** How fast rows came in, from the times they were received, in the order of their commits, which is nearly that of the times.
 *  @returns rows a second; endless for rows of one moment */
export function arrivalsPerSecond(received: readonly Date[]): number {
  const [first, last] = [received[0], received.at(-1)];
  if (first === undefined || last === undefined || received.length < 2) return 0;
  const passedMs = last.getTime() - first.getTime();
  return passedMs <= 0 ? Number.POSITIVE_INFINITY : ((received.length - 1) * 1000) / passedMs;
}
