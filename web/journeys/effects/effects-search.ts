import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import { type PathFilter, readFilters, toFilterQuery } from "../paths/path-filters.ts";
import type { OutcomeName, OutcomesReply } from "./effects.data.ts";

export const outcomes = ["goal", "leaving", "feeling", "effort", "repeat_contact", "revenue"] as const satisfies readonly OutcomeName[];
export const levels = ["touchpoint", "name"] as const;
export const cuts = ["customer", "session"] as const;
export const dayChoices = ["7", "14", "30", "60", "90", "180"] as const;

export type EffectsSearch = {
  period: Period;
  filters: readonly PathFilter[];
  level: (typeof levels)[number];
  cut: (typeof cuts)[number];
  outcome: OutcomeName | undefined;
  goal: string | undefined;
  leftAfterDays: (typeof dayChoices)[number];
  /** A segment: who is in it is only compared with others who are in it. */
  alike: string | undefined;
};

/** What the address says; anything unknown is as if it were not there. */
export const readEffectsSearch = (search: Search): EffectsSearch => ({
  period: readPeriod(search),
  filters: readFilters(search),
  level: levels.find((known) => known === search.level) ?? "touchpoint",
  cut: cuts.find((known) => known === search.cut) ?? "customer",
  outcome: outcomes.find((known) => known === search.outcome),
  goal: search.goal,
  leftAfterDays: dayChoices.find((known) => known === search.days) ?? "30",
  alike: search.alike,
});

export const toPathQuery = ({ period, filters, level, cut }: EffectsSearch): Query => ({ from: period.from, to: period.to, level, cut, ...toFilterQuery(filters) });

/** To choose steps from: whatever else narrows the paths. */
export const toNamesQuery = ({ period, level }: EffectsSearch): Query => ({ from: period.from, to: period.to, level });

export type Asked = { outcome: OutcomeName; goal: string | undefined };

/** What is asked about: as chosen, else what the data holds: a likely goal, then scores, then leaving. */
export const chooseOutcome = ({ outcome, goal }: EffectsSearch, { goals, scores }: OutcomesReply): Asked => {
  const likely = goals.find(({ isLikely }) => isLikely)?.name;
  const usual = likely !== undefined ? "goal" : scores > 0 ? "feeling" : "leaving";
  const asked = goal !== undefined ? (outcome ?? "goal") : (outcome ?? usual);
  return { outcome: asked, goal: asked === "goal" ? (goal ?? likely ?? goals[0]?.name) : undefined };
};

export const toEffectsQuery = (search: EffectsSearch, { outcome, goal }: Asked): Query | null =>
  outcome === "goal" && goal === undefined ? null : { ...toPathQuery(search), outcome, goal, leftAfterDays: search.leftAfterDays, alike: search.alike };
