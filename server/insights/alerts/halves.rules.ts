// Work on a period that may be too much at a time.
import type { Period } from "../../customers/scores/periods.rules.ts";

const HALVED_TO_MS = 60_000;

/** Does something for a period, or for its halves where that would be more responses than are worked out at a time.
 *  @throws answers_too_many where there are as many in a minute */
export const inHalves = async <Span extends Period>(part: Span, work: (part: Span) => Promise<void>): Promise<void> => {
  try {
    await work(part);
  } catch (error) {
    const middle = Math.floor((part.fromMs + part.toMs) / 2);
    if (Object(error).code !== "answers_too_many" || part.toMs - part.fromMs <= HALVED_TO_MS) throw error;
    await inHalves({ ...part, toMs: middle }, work);
    await inHalves({ ...part, fromMs: middle }, work);
  }
};
