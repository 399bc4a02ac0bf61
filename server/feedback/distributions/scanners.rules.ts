/** A visit to a link of a mail. `answer` opens one of the answers, `trap` the link nobody sees, `confirm` gives an answer. */
export type Click = { at: Date; kind: "answer" | "survey" | "trap" | "confirm"; value: string | null };

const WINDOW_MS = 5_000;
const DIFFERENT_MIN = 3;

/** Why an answer given by a link of a mail looks like the work of a program that follows every link: mail filters do, before a person reads.
 *  @param given `clicks` of the invitation up to now; `deliveredAt` when the mail server took the mail; null: not known yet
 *  @returns flags of the answer; none when it looks like a person's
 *  Source: indicators of docs.nps.today, see the page about one-click scores in the documentation. */
export const scannerFlags = (given: { answeredAt: Date; deliveredAt: Date | null; clicks: readonly Click[]; tooFastMs: number }): string[] => {
  const answeredMs = given.answeredAt.getTime();
  const near = given.clicks.filter(({ at }) => Math.abs(at.getTime() - answeredMs) <= WINDOW_MS);
  const values = new Set(near.filter(({ kind }) => kind === "answer").map(({ value }) => value));
  const sinceDelivery = given.deliveredAt === null ? null : answeredMs - given.deliveredAt.getTime();
  return [
    ...(near.some(({ kind }) => kind === "trap") ? ["hidden_link"] : []),
    ...(values.size >= DIFFERENT_MIN ? ["many_links"] : []),
    ...(given.tooFastMs > 0 && sinceDelivery !== null && sinceDelivery < given.tooFastMs ? ["too_soon"] : []),
  ];
};
