// Whose rows of the analytics copy are of customers in a segment, as pieces of queries. Only of segments that were gathered before (segment-sets.ts).
import type { AnalyticsValue, GatheredSet } from "#platform/analytics";

type Binding = { bind: (value: AnalyticsValue) => string };

/** That the customer of a row is in any of these segments. The row has `customer_no`. */
export const isInSegments = (query: Binding, sets: readonly GatheredSet[]): string =>
  sets.length === 0 ? "false" : `(${sets.map((set) => `${memberBit(bitsOf(query, set), set.lastNo)} = 1`).join(" or ")})`;

/** A whole number whose bit n is set when the customer of a row is in the segment at place n, of at most 50. The row has `customer_no`. */
export const segmentBits = (query: Binding, sets: readonly GatheredSet[]): string =>
  sets.length === 0 ? "0" : sets.map((set, place) => `${memberBit(bitsOf(query, set), set.lastNo)} * cast(${2 ** place} as bigint)`).join(" + ");

// Whoever came after the segment was looked through has a greater number; nobody has the number 0.
const memberBit = (bits: string, lastNo: number): string => `get_bit(${bits}, case when customer_no <= ${lastNo} then customer_no else 0 end)`;

// Where the copy was begun anew in between, nobody would be in it: then there is no answer rather than a wrong one.
const bitsOf = (query: Binding, { id }: GatheredSet): string =>
  `(select case when count(*) = 1 then first(bits) else error('the copy was made anew in between') end from gathered_sets where set_id = cast(${query.bind(id)} as uuid))`;
