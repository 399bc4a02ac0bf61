import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type PathsMeant, readPathsSearch, toPathsQuery } from "../paths/paths-search.ts";
import type { OutcomeName, OutcomesReply } from "./effects.data.ts";

export const outcomes = ["goal", "leaving", "feeling", "effort", "repeat_contact", "revenue"] as const satisfies readonly OutcomeName[];
export const dayChoices = ["7", "14", "30", "60", "90", "180"] as const;

export type EffectsSearch = PathsMeant & {
  outcome: OutcomeName | undefined;
  goal: string | undefined;
  leftAfterDays: (typeof dayChoices)[number];
  /** A segment: who is in it is only compared with others who are in it. */
  alike: string | undefined;
};

/** What the address says; anything unknown is as if it were not there. */
export const readEffectsSearch = (search: Search): EffectsSearch => ({
  ...readMeant(search),
  outcome: outcomes.find((known) => known === search.outcome),
  goal: search.goal,
  leftAfterDays: dayChoices.find((known) => known === search.days) ?? "30",
  alike: search.alike,
});

const readMeant = (search: Search): PathsMeant => {
  const { period, level, cut, gapMinutes, object, start, end, filters } = readPathsSearch(search);
  return { period, level, cut, gapMinutes, object, start, end, filters };
};

export type Asked = { outcome: OutcomeName; goal: string | undefined };

/** What is asked about: as chosen, else what the data holds: a likely goal, then scores, then leaving. */
export const chooseOutcome = ({ outcome, goal }: EffectsSearch, { goals, scores }: OutcomesReply): Asked => {
  const likely = goals.find(({ isLikely }) => isLikely)?.name;
  const usual = likely !== undefined ? "goal" : scores > 0 ? "feeling" : "leaving";
  const asked = goal !== undefined ? (outcome ?? "goal") : (outcome ?? usual);
  return { outcome: asked, goal: asked === "goal" ? (goal ?? likely ?? goals[0]?.name) : undefined };
};

export const toEffectsQuery = (search: EffectsSearch, { outcome, goal }: Asked): Query | null => {
  const paths = toPathsQuery(search);
  return paths === null || (outcome === "goal" && goal === undefined) ? null : { ...paths, outcome, goal, leftAfterDays: search.leftAfterDays, alike: search.alike };
};
