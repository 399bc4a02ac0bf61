import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { feelingNames, type FeelingName } from "./outcomes.data.ts";

export type Grouping = FeelingName | `trait:${string}`;
export type OutcomesSearch = {
  by: Grouping;
  /** Curves of the groups, or of all customers since their first purchase. */
  isGrouped: boolean;
  purchase: string | undefined;
  amount: string | undefined;
  days: string | undefined;
  adjust: string | undefined;
  bucket: "week" | "month";
  /** Group whose customers are open. */
  open: string | undefined;
  again: "true" | "false" | undefined;
  movedPercent: number;
  discountPercent: number;
  cost: number | null;
};

/** What the address of the outcomes says; anything unknown is as if it were not there. */
export const readOutcomesSearch = (search: Search): OutcomesSearch => ({
  by: readGrouping(search.by),
  isGrouped: search.curves !== "all",
  purchase: search.purchase,
  amount: search.amount,
  days: /^\d{1,4}$/u.test(search.days ?? "") ? search.days : undefined,
  adjust: search.adjust,
  bucket: search.bucket === "week" ? "week" : "month",
  open: search.open,
  again: search.again === "true" || search.again === "false" ? search.again : undefined,
  movedPercent: numberWithin(search.moved, 0, 100) ?? 10,
  discountPercent: numberWithin(search.discount, 0, 100) ?? 40,
  cost: numberWithin(search.cost, 0, 1e12),
});

const readGrouping = (text: string | undefined): Grouping => {
  const trait = text?.startsWith("trait:") === true && text.length > "trait:".length ? text.slice("trait:".length) : null;
  return trait === null ? (feelingNames.find((name) => name === text) ?? "nps") : `trait:${trait}`;
};

const numberWithin = (text: string | undefined, low: number, high: number): number | null => {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= low && value <= high ? value : null;
};

const toCounted = ({ purchase, days }: OutcomesSearch): Query => ({ purchase, days });

export const toGroupsQuery = (search: OutcomesSearch): Query => ({
  ...toCounted(search), by: search.by, amount: search.amount, adjust: search.adjust === undefined ? undefined : `trait:${search.adjust}`,
});
export const toSurvivalQuery = (search: OutcomesSearch): Query => ({ ...toCounted(search), by: search.isGrouped ? search.by : undefined });
export const toCohortsQuery = (search: OutcomesSearch): Query => ({ ...toCounted(search), amount: search.amount, bucket: search.bucket });
export const toCustomersQuery = (search: OutcomesSearch): Query => ({ ...toGroupsQuery(search), group: search.open, again: search.again });
