import { isTooFewToShow } from "../surveys/survey-settings.rules.ts";

/** Hides groups below a threshold. Where what is hidden together is below it too, it could be worked out from the total and the groups that are
 *  shown: so the smallest of these are hidden as well, until it is not.
 *  @param groups disjoint, in any order; their order is kept
 *  @param unseen people in the total who are in none of the groups
 *  Source: complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012, 4.2. */
export function hideSmallest<Group extends { count: number }>(groups: readonly Group[], threshold: number, unseen: number): { shown: Group[]; hidden: number } {
  const hidden = new Set(groups.filter(({ count }) => isTooFewToShow(count, threshold)));
  let traceable = unseen + [...hidden].reduce((sum, { count }) => sum + count, 0);
  for (const group of groups.toSorted((one, other) => one.count - other.count)) {
    if (!isTooFewToShow(traceable, threshold)) break;
    if (hidden.has(group) || group.count === 0) continue;
    hidden.add(group);
    traceable += group.count;
  }
  const shown = groups.filter((group) => !hidden.has(group));
  return { shown, hidden: groups.length - shown.length };
}
