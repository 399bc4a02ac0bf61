import { setImmediate as breathe } from "node:timers/promises";
import type { TraitSpan } from "#customers";
import type { HeldRows } from "./people.queries.ts";

/** So many are written before others get their turn: a few milliseconds. */
const PORTION = 10_000;

/** Who held a value when, written for a query in portions: half a million at once would hold everybody up for half a second.
 *  @param isWanted leaves the others out */
export const writeHeldRows = async (spans: readonly TraitSpan[], isWanted: (span: TraitSpan) => boolean = () => true): Promise<HeldRows> => {
  const parts: { holders: string[]; fromMs: string[]; toMs: string[]; names: string[] } = { holders: [], fromMs: [], toMs: [], names: [] };
  let count = 0;
  for (let from = 0; from < spans.length; from += PORTION) {
    const portion = spans.slice(from, from + PORTION).filter(isWanted);
    if (portion.length > 0) {
      count += portion.length;
      parts.holders.push(portion.map(({ customerId }) => customerId).join(","));
      parts.fromMs.push(portion.map(({ fromMs }) => fromMs).join(","));
      parts.toMs.push(portion.map(({ toMs }) => toMs).join(","));
      parts.names.push(portion.map(({ value }) => JSON.stringify(value)).join(","));
    }
    await breathe();
  }
  return { count, holders: parts.holders.join(","), fromMs: `[${parts.fromMs.join(",")}]`, toMs: `[${parts.toMs.join(",")}]`, names: `[${parts.names.join(",")}]` };
};
