import { type Circumstance, circumstances, type Dimension, dimensions } from "../../feedback/feedback.parts.ts";
import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import type { FactorPart, Missing } from "./drivers.data.ts";
import { notNamed } from "../../ui/unnamed.ts";

export const missingChoices = ["listwise", "pairwise", "mean", "multiple"] as const satisfies readonly Missing[];

export const factorParts = ["all", "low", "middle", "high", "some", "none"] as const satisfies readonly FactorPart[];

const named = [...dimensions, ...circumstances];

export type DriversSearch = {
  period: Period;
  survey: string | undefined;
  outcome: string | undefined;
  /** Ids of questions and of what else can be a factor; none leaves the choice to the server. */
  factors: readonly string[];
  missing: Missing;
  filters: Readonly<Record<Dimension | Circumstance, string | undefined>>;
  /** A trait and its value, "plan=gold". */
  trait: string | undefined;
  /** Id of a contact list or live segment. */
  list: string | undefined;
  isWeighted: boolean;
  /** Factor whose answers lie open, and which part of it. */
  behind: string | undefined;
  part: FactorPart;
};

/** What the address of the drivers says; anything unknown is as if it were not there. */
export const readDriversSearch = (search: Search): DriversSearch => ({
  period: readPeriod(search, undefined, "all"),
  survey: search.survey,
  outcome: search.outcome,
  factors: (search.factors ?? "").split(",").filter((id) => id !== ""),
  missing: missingChoices.find((known) => known === search.missing) ?? "listwise",
  filters: { channel: search.channel, language: search.language, version: search.version, touchpoint: search.touchpoint, campaign: search.campaign, wave: search.wave,
    environment: search.environment, product: search.product, team: search.team, department: search.department, member: search.member },
  trait: search.trait,
  list: search.list,
  isWeighted: search.weighted === "yes",
  behind: search.behind,
  part: factorParts.find((known) => known === search.part) ?? "all",
});

/** The same question as the server wants to be asked. All time has no bounds, so that nothing is left out. */
export const toDriversQuery = ({ period, outcome, factors, missing, filters, trait, list, isWeighted }: DriversSearch): Query => ({
  ...(period.preset === "all" ? {} : { from: period.from, to: period.to }),
  ...Object.fromEntries(named.map((name) => [name, asList(filters[name])])),
  outcome,
  factors: factors.length === 0 ? undefined : factors.join(","),
  missing: missing === "listwise" ? undefined : missing,
  trait,
  segment: list,
  weighted: isWeighted ? "true" : undefined,
});

/** Takes the period and every filter out of the address. */
export const withoutFilters: Search = { period: undefined, from: undefined, to: undefined, trait: undefined, list: undefined, ...Object.fromEntries(named.map((name) => [name, undefined])) };

/** Another survey has other questions and other groups. */
export const ofSurvey = (survey: string | undefined): Search => ({ survey, outcome: undefined, factors: undefined, trait: undefined, behind: undefined, part: undefined, ...Object.fromEntries(named.map((name) => [name, undefined])) });

const asList = (value: string | undefined): readonly string[] | undefined =>
  value === undefined || value === "" ? undefined : [value === notNamed ? "" : value];
