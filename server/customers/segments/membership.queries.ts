// Whose rows of the analytics copy are of customers in a segment, as pieces of queries: on `customer_no` of a row. Only of segments that were gathered before
// (segment-sets.ts).
import { duckDbDialect, type GatheredSet } from "#platform/analytics";

/** That the customer of a row is in any of these segments. */
export const isInSegments = (sets: readonly GatheredSet[]): string => (sets.length === 0 ? "false" : `(${sets.map((set) => `${memberBit(set)} = 1`).join(" or ")})`);

/** A whole number whose bit n is set when the customer of a row is in the segment at place n, of at most 50. */
export const segmentBits = (sets: readonly GatheredSet[]): string =>
  sets.length === 0 ? "0" : sets.map((set, place) => `${memberBit(set)} * cast(${2 ** place} as bigint)`).join(" + ");

const memberBit = (set: GatheredSet): string => duckDbDialect.memberBit(set, "customer_no");
