import type { NeedFact, NeedFactBin } from "./need-facts.contract.ts";

/** Cases whose value begins with this whole number: of 2.5 days with 2. */
export type CaseValue = { whole: number; count: number; over: number };

/** More columns than this have no room for their names on a small tile. */
const BINS_MAX = 8;
/** What lies beyond is one open column: the slowest case of a thousand must not press all others into one. */
const COVERED = 0.95;
const widths: Record<NeedFact["unit"], readonly number[]> = { share: [1], count: [1, 2, 5, 10, 20, 50, 100, 200], days: [1, 2, 7, 14, 30, 90, 180, 365] };

/** How the values of cases spread: columns of one width from nought, the last of them open, and one before them for what lies below nought (came early).
 *  @param values in any order, each whole number once
 *  @returns columns in order, also empty ones between; they add up to all cases; none for no cases */
export const spreadOf = (unit: NeedFact["unit"], values: readonly CaseValue[]): NeedFactBin[] => {
  const usual = values.filter(({ whole }) => whole >= 0);
  const last = coveredBy(usual);
  const width = widths[unit].find((one) => Math.floor(last / one) < BINS_MAX) ?? widths[unit].at(-1) ?? 1;
  const open = unit === "share" ? 1 : Math.min(BINS_MAX - 1, Math.floor(last / width) + 1);
  const below = sum(null, 0, values);
  const bins = Array.from({ length: open }, (_, place) => sum(place * width, (place + 1) * width, usual));
  return values.length === 0 ? [] : [...(below.count > 0 ? [below] : []), ...bins, sum(open * width, null, usual)];
};

const sum = (from: number | null, to: number | null, values: readonly CaseValue[]): NeedFactBin => {
  const own = values.filter(({ whole }) => (from === null || whole >= from) && (to === null || whole < to));
  return { from, to, count: own.reduce((all, { count }) => all + count, 0), over: own.reduce((all, { over }) => all + over, 0) };
};

const coveredBy = (values: readonly CaseValue[]): number => {
  const all = values.reduce((total, { count }) => total + count, 0);
  let seen = 0;
  for (const { whole, count } of values.toSorted((a, b) => a.whole - b.whole)) {
    seen += count;
    if (seen >= COVERED * all) return whole;
  }
  return 0;
};
