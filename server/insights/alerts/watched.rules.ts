// What can be watched, with the unit it is shown in.
import { answeringDays } from "../metrics/outreach-parts.rules.ts";
import { betweenValues, narrowingNames } from "../metrics/narrowing.rules.ts";
import type { MeasureName } from "../need-facts/need-facts.contract.ts";
import type { AlertFilters, DirectionName, Evidence, LevelName, ToneName, VolumeName, WatchedName } from "./alerts.contract.ts";
import type { SeriesKind } from "./thresholds.rules.ts";

const volumes: readonly WatchedName[] = ["answers", "comments", "urgent_comments", "theme_comments", "interactions"] satisfies readonly VolumeName[];

/** Somebody may have snoozed a rule after it raised an alert and before that was told. */
export const isSnoozed = ({ snoozedUntil }: { snoozedUntil: Date | null }, now: Date): boolean => snoozedUntil !== null && snoozedUntil > now;

export const isLevel = (what: WatchedName): what is LevelName => !volumes.includes(what);
export const kindOf = (what: WatchedName): SeriesKind => (isLevel(what) ? "level" : "volume");

export const isOfTheme = (what: WatchedName): boolean => what === "theme_share" || what === "theme_comments";

/** Whether it is what was read in comments, which changes with the model that reads them. */
export const isRead = (what: WatchedName): boolean => what === "sentiment" || what === "urgent_comments" || isOfNeed(what);

const isOfNeed = (what: WatchedName): boolean => what.startsWith("unmet_") || what.startsWith("met_");

/** Whether one comment is one answer to it. */
export const isOfComments = (what: WatchedName): boolean => what === "sentiment" || what === "theme_share" || isOfNeed(what);

type FactName = Extract<WatchedName, `fact_${string}`>;

export const isOfFacts = <Name extends WatchedName>(what: Name): what is Name & FactName => what.startsWith("fact_");

/** The measure from facts that is watched; null where it is none. */
export const measureOf = (what: WatchedName): MeasureName | null => (isOfFacts(what) ? factMeasures[what] : null);

export const factMeasures: Record<FactName, MeasureName> = {
  fact_repeated_contacts: "repeated_contacts", fact_channel_switches: "channel_switches", fact_steps_to_goal: "steps_to_goal", fact_promise_off: "promise_off", fact_promise_late: "promise_late",
  fact_longest_silence: "longest_silence", fact_asked_again: "asked_again", fact_time_to_remedy: "time_to_remedy", fact_reopened: "reopened",
};

/** Days between a day and the look at it: people who were asked have time to answer, else every last day would look like a fall. */
export const lagOf = (what: WatchedName): number => (what === "response_rate" ? answeringDays : 0);

/** Whether filters fit what is watched: themes and formulas are watched one by one, and who was asked is known by survey and way only. */
export const fitsFilters = (what: WatchedName, filters: AlertFilters): boolean =>
  isOfTheme(what) === (filters.theme !== undefined) && (what === "custom") === (filters.metric !== undefined) && (measureOf(what) === null || filters.survey === undefined) && (what !== "response_rate" || unknownOfAsked.every((name) => filters[name] === undefined));

const unknownOfAsked = ["touchpoint", "stage", "environment", "product", "source", "team", "department", "member", "segment", "persona", "trait"] as const satisfies readonly (keyof AlertFilters)[];

/** Filters that name something by its id. */
export const idNames = ["survey", "team", "member", "segment", "persona"] as const satisfies readonly (keyof AlertFilters)[];
export type IdName = (typeof idNames)[number];

/** A formula of one's own as rules watch it. */
export type WatchedFormula = { name: string; scaleMin: number; scaleMax: number };

/** What a rule is about beside what it watches: its theme or formula, and the names of everything its filters name by id, as these are called now. */
export type Subject = { theme: { id: string; name: string } | null; formula?: WatchedFormula | null; names: ReadonlyMap<string, string> };

/** How it is named in a sentence. */
export const nameOf = (what: WatchedName, { theme, formula = null }: Pick<Subject, "theme" | "formula">): string => {
  const names: Record<WatchedName, string> = {
    nps: "NPS", csat: "CSAT", ces: "CES", stars: "Stars", rating: "Ratings", custom: formula === null ? "A formula that is gone" : formula.name, sentiment: "Net sentiment",
    unmet_easy: "Comments that say it was hard", unmet_expect: "Comments that say it was not as expected", unmet_promise: "Comments about broken promises",
    unmet_inform: "Comments about being left uninformed", unmet_individ: "Comments about not being seen as a person", unmet_right: "Comments about things not put right",
    met_easy: "Comments that say it was easy", met_expect: "Comments that say it was as expected", met_promise: "Comments about promises that were kept",
    met_inform: "Comments about being kept informed", met_individ: "Comments about being seen as a person", met_right: "Comments about things that were put right",
    fact_repeated_contacts: "Matters customers had to come back with", fact_channel_switches: "Matters for which customers had to change the channel", fact_steps_to_goal: "Goals that took too many steps",
    fact_promise_off: "Promises kept on another day than told", fact_promise_late: "Promises kept too late or not at all", fact_longest_silence: "Matters that were left too long without a word",
    fact_asked_again: "Questions that were asked again", fact_time_to_remedy: "Failures put right too late or not at all", fact_reopened: "Matters that came up again after they were solved",
    theme_share: aboutTheme(theme), response_rate: "Response rate within three days",
    answers: "Answers", comments: "Comments", urgent_comments: "Urgent comments", theme_comments: aboutTheme(theme), interactions: "Interactions",
  };
  return names[what];
};

const aboutTheme = (theme: Subject["theme"]): string => (theme === null ? "Comments about a theme that is gone" : `Comments about "${theme.name}"`);

export const unitOf = (what: WatchedName): Evidence["unit"] => {
  if (!isLevel(what)) return "count";
  if (what === "nps" || what === "sentiment") return "points";
  return what === "ces" || what === "stars" || what === "rating" || what === "custom" ? "scale" : "percent";
};

/** From the values of a series to those that are shown: shares and nets of -1 to 1 become percent and points. */
export const shownFactor = (what: WatchedName): number => (unitOf(what) === "points" || unitOf(what) === "percent" ? 100 : 1);

/** Changes smaller than this are not told, however sure they are; of a formula, a fortieth of its scale, as 0.1 is of one to five. */
export const usualSmallestOf = (what: WatchedName, formula: Subject["formula"] = null): number =>
  what === "custom" && formula !== null ? Math.abs(formula.scaleMax - formula.scaleMin) / 40 : usualSmallest[what];

const usualSmallest: Record<WatchedName, number> = {
  nps: 5, csat: 3, ces: 0.15, stars: 0.1, rating: 0.1, custom: 0.1, sentiment: 5,
  met_easy: 2, met_expect: 2, met_promise: 2, met_inform: 2, met_individ: 2, met_right: 2,
  fact_repeated_contacts: 3, fact_channel_switches: 3, fact_steps_to_goal: 3, fact_promise_off: 3, fact_promise_late: 3, fact_longest_silence: 3, fact_asked_again: 3, fact_time_to_remedy: 3, fact_reopened: 3,
  unmet_easy: 2, unmet_expect: 2, unmet_promise: 2, unmet_inform: 2, unmet_individ: 2, unmet_right: 2, theme_share: 2, response_rate: 5,
  answers: 30, comments: 30, urgent_comments: 50, theme_comments: 50, interactions: 30,
};

/** The smallest change in the values of the series: of levels as such, of volumes as a share of what is expected. */
export const smallestInSeries = (what: WatchedName, shown: number): number => (isLevel(what) ? shown / shownFactor(what) : shown / 100);

/** Whether more of it is good news. */
export const isMoreBetter = (what: WatchedName): boolean => !what.startsWith("unmet_") && measureOf(what) === null && what !== "urgent_comments";

/** @param isLowGood of a scale whose good end lies below */
export const toneOf = (what: WatchedName, direction: "up" | "down", isLowGood = false): ToneName =>
  isOfTheme(what) ? "plain" : (direction === "up") === (isMoreBetter(what) !== isLowGood) ? "good" : "bad";

export const signsOf = (direction: DirectionName): (1 | -1)[] => (direction === "both" ? [-1, 1] : [direction === "up" ? 1 : -1]);

/** The rules every workspace begins with. */
export const presets: readonly { key: string; name: string; what: WatchedName; direction: DirectionName; smallestChange: number }[] = [
  { key: "nps_down", name: "NPS falls", what: "nps", direction: "down", smallestChange: 5 },
  { key: "csat_down", name: "CSAT falls", what: "csat", direction: "down", smallestChange: 3 },
  { key: "stars_down", name: "Stars fall", what: "stars", direction: "down", smallestChange: 0.1 },
  { key: "promises_broken", name: "More broken promises in comments", what: "unmet_promise", direction: "up", smallestChange: 2 },
  { key: "urgent_up", name: "More urgent comments", what: "urgent_comments", direction: "up", smallestChange: 50 },
  { key: "answers_stop", name: "Answers stop coming in", what: "answers", direction: "down", smallestChange: 70 },
];

/** Where the rows behind a finding stand in the app, narrowed to what was measured. Days are the workspace's; `to` is the day after the last.
 *  @param days.hours instants, where less than whole days was measured
 *  @param theme what the theme of the filters counts for now */
export const linkOf = (what: WatchedName, filters: AlertFilters, days: { from: string; to: string; hours?: { from: string; to: string } }, theme: Subject["theme"] = null): string => {
  const places = narrowingNames.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name].map((one) => (one === "" ? "(none)" : one)).join(betweenValues)] as const]));
  const search = (own: readonly (readonly [string, string])[]): string => new URLSearchParams(Object.fromEntries([["from", days.from], ["to", days.to], ...places, ...own])).toString();
  const hours: readonly (readonly [string, string])[] = days.hours === undefined ? [] : [["at", days.hours.from], ["until", days.hours.to]];
  switch (what) {
    case "nps":
    case "csat":
    case "ces":
    case "stars":
    case "rating":
    case "sentiment":
    case "response_rate":
      return `/?${search([["metric", what], ["open", what]])}`;
    case "custom":
      return `/?${search([["metric", `custom:${filters.metric}`], ["open", `custom:${filters.metric}`]])}`;
    // No screen lists these: Home shows what came of them in those days.
    case "answers":
    case "interactions":
      return `/?${search([])}`;
    case "urgent_comments":
      return `/comments?${search([...hours, ["urgent", "yes"]])}`;
    case "theme_share":
    case "theme_comments":
      return `/comments?${search([...hours, ...(theme === null ? [] : [["theme", theme.id] as const])])}`;
    case "comments":
      return `/comments?${search(hours)}`;
    default: {
      const measure = measureOf(what);
      if (measure !== null) return `/comments?${search([["facts", measure]])}`;
      const [polarity = "", need = ""] = what.split("_");
      return `/comments?${search([["need", need.toUpperCase()], ["polarity", polarity === "met" ? "pos" : "neg"]])}`;
    }
  }
};
