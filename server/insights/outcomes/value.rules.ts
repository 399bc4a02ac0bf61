/** What moving customers from one group to another may be worth, by the company's own counts and amounts and nobody else's.
 *  @property people customers in the group they are moved from
 *  @property difference amount per customer of the group moved to, minus that of the group moved from, with its 95 % interval
 *  @property share of them moved, 0–1
 *  @property discount part of the difference taken not to be caused by the feeling, 0–1
 *  @property cost of moving them, in the same money; null when nobody said */
export type ValueInput = { people: number; difference: { mean: number; low: number; high: number }; share: number; discount: number; cost: number | null };
export type Value = {
  moved: number;
  value: number;
  low: number;
  high: number;
  /** Customers who would have to be moved to earn the cost back, and which share of the group they are; null without a cost, or where a move is worth nothing. */
  breakEven: { people: number; share: number } | null;
  /** (value − cost) / cost, null without a cost. */
  returned: number | null;
};

/** Until an experiment says otherwise: a judgement, not a finding. Source: usual practice of 30–50 %. */
export const usualDiscount = 0.4;
export const discountRange = { low: 0.3, high: 0.5 } as const;

/** Value over the same days as the amounts, break-even first. The range joins the interval of the difference with discounts ten points either side.
 *  @returns unrounded; `low` may be below zero: then the difference itself is not certain */
export const valueOfMoving = ({ people, difference, share, discount, cost }: ValueInput): Value => {
  const moved = people * share;
  const kept = (at: number): number => 1 - Math.min(1, Math.max(0, at));
  const spread = (discountRange.high - discountRange.low) / 2;
  const each = difference.mean * kept(discount);
  const ends = [difference.low, difference.high].flatMap((one) => [one * kept(discount - spread), one * kept(discount + spread)]);
  const needed = cost === null || each <= 0 ? null : cost / each;
  const value = moved * each;
  return {
    moved, value, low: moved * Math.min(...ends), high: moved * Math.max(...ends),
    breakEven: needed === null ? null : { people: needed, share: people === 0 ? 0 : needed / people },
    returned: cost === null || cost === 0 ? null : (value - cost) / cost,
  };
};
