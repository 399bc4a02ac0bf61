import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import type { NeedName, ShareChange } from "../comments/comments.contract.ts";
import { compareShares, FALSE_DISCOVERY_RATE, shareOf } from "../comments/comments.rules.ts";
import type { Theme } from "./themes.contract.ts";

/** What the comments of a theme say. */
export type Said = { count: number; positive: number; negative: number; unmet: Record<NeedName, number> };

type Figures = Pick<Theme, "count" | "share" | "low" | "high" | "change" | "positive" | "negative" | "netSentiment" | "unmetNeeds">;

/** Shares of themes among the comments of a period, each compared with the period before; all comparisons are corrected together.
 *  @returns in the order given */
export const summariseThemes = (themes: readonly { current: Said; previousCount: number }[], all: { current: number; previous: number }, needs: readonly NeedName[]): Figures[] => {
  const compared = themes.map(({ current, previousCount }) => compareShares(current.count, all.current, previousCount, all.previous));
  const passed = passesFalseDiscovery(compared.map((change) => change?.p ?? 1), FALSE_DISCOVERY_RATE);
  return themes.map(({ current }, place) => {
    const compare = compared[place] ?? null;
    const change: ShareChange = compare === null ? null : { ...compare, isSignificant: passed[place] === true };
    const { count, positive, negative, unmet } = current;
    return {
      ...shareOf(count, all.current),
      change,
      positive,
      negative,
      netSentiment: count === 0 ? null : (positive - negative) / count,
      unmetNeeds: needs
        .flatMap((name) => (unmet[name] > 0 ? [{ name, count: unmet[name], share: unmet[name] / count }] : []))
        .toSorted((one, other) => other.count - one.count),
    };
  });
};

/** The first of some quotes that do not say the same in the same words. */
export const chooseQuotes = <Quote extends { text: string }>(quotes: readonly Quote[], most: number): Quote[] => {
  const seen = new Set<string>();
  return quotes
    .filter(({ text }) => {
      const key = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, most);
};
