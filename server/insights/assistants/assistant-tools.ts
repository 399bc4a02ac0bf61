import { can } from "#platform/access";
import type { Actor } from "#platform/access";
import type { Route } from "#platform/http";
import { alertsRoutes } from "../alerts/alerts.routes.ts";
import { annotationsRoutes } from "../annotations/annotations.routes.ts";
import { commentsRoutes } from "../comments/comments.routes.ts";
import { driversRoutes } from "../drivers/drivers.routes.ts";
import { explanationsRoutes } from "../explanations/explanations.routes.ts";
import { metricsRoutes } from "../metrics/metrics.routes.ts";
import { needFactsRoutes } from "../need-facts/need-facts.routes.ts";
import { outcomesRoutes } from "../outcomes/outcomes.routes.ts";
import { themesRoutes } from "../themes/themes.routes.ts";
import type { Shortening } from "./short-replies.rules.ts";
import type { Screen } from "./shown-screens.rules.ts";

/** One question a program may ask: a reading route of the API under a name that says what it answers, with how its reply is told in few words.
 *  `usual`: arguments it gets where none are given. `screen`: where a person sees the same, and what arguments are called there. */
export type Tool = { name: string; description: string; short: Shortening; usual: Readonly<Record<string, unknown>>; screen: Screen | null; route: Route };

type Wanted = Pick<Tool, "name" | "description"> & Partial<Pick<Tool, "short" | "usual" | "screen">> & { url: string };

// A page of so many rows is a few kilobytes.
const page = { limit: 10 };
const readings = Object.fromEntries(["need", "polarity", "sentiment", "emotion", "language", "theme", "mention", "comment"].map((name) => [name, [name]]));
const outcomes: Screen = { path: "/outcomes", called: { by: ["by"], purchase: ["purchase"], amount: ["amount"], days: ["days"], bucket: ["bucket"] } };
const needs: Screen = { path: "/comments", narrows: true, called: { measure: ["facts"], by: [], bucket: [], over: [] } };
const wanted: readonly Wanted[] = [
  {
    name: "summarise_scores",
    url: "/api/metrics/summary",
    description: "NPS, CSAT and CES of a period with count, 95% interval, distribution and the change against the period before (difference, p, whether it is significant).", short: { without: ["metrics.*.definition.interval", "metrics.*.definition.comparison", "metrics.*.definition.source", "metrics.*.definition.title"], tables: ["metrics.*.distribution"] }, screen: { path: "/", narrows: true },
  },
  {
    name: "explain_change",
    url: "/api/explanations",
    description: "Why a metric moved against the period before: whether it did as alerts and Home decide it (quote this p), how much each group brought by moving itself and by growing or shrinking, in the splits and groups that tell most (`top` for more), and, as far as the key may read them, unmet needs that moved in comments (quote `corrected` with its interval) and notes on those days.", screen: { path: "/", narrows: true, called: { metric: ["metric", "why"] } },
  },
  { name: "show_trend", url: "/api/metrics/trend", description: "One metric by day, week or month, each point with its count and interval. Ask list_trend_breaks beside it before saying that it rose or fell.", short: { without: ["points.*.to", "points.*.evidence"], tables: ["points"] }, screen: { path: "/", narrows: true, called: { metric: ["metric"], bucket: ["bucket"] } } },
  {
    name: "list_trend_breaks",
    url: "/api/metrics/breaks",
    description: "Where the course of a metric must not be read across: the question was reworded, scale, channel mix or weights changed, comments were read by another model, or the formula was changed.", screen: { path: "/", narrows: true, called: { metric: ["metric"], bucket: ["bucket"] } },
  },
  {
    name: "compare_groups",
    url: "/api/metrics/breakdown",
    description: "One metric by touchpoint, channel, stage, environment, product, survey, source, team, department, member (as they were then), segment, persona, trait (only for keys that may see customers), language, emotion, month or weekday, each group tested against the rest and corrected for many comparisons.", short: { rows: { of: "groups", atOnce: 20 }, without: ["groups.*.versusRest.z"] }, screen: { path: "/", narrows: true, called: { metric: ["metric"], by: ["split"] } },
  },
  { name: "list_answers", url: "/api/metrics/answers", description: "The answers behind a number, newest first: score, comment, where and when; for keys that may not see customers without whose they are, and with personal data as its kind in brackets.", usual: page, short: { without: ["items.*.id", "items.*.kind", "items.*.scale", "items.*.surveyId", "items.*.source"] }, screen: { path: "/", narrows: true, called: { metric: ["metric", "open"], band: ["band"] } } },
  {
    name: "summarise_comments",
    url: "/api/comments/summary",
    description: "What comments say: feeling, the six needs (met and unmet), emotions, urgent ones, as shares as they were read and corrected for what the model reads wrongly (quote `corrected` with its 95% interval), and their change against the period before.", short: { tables: ["sentiments", "needs", "emotions", "languages"] }, screen: { path: "/comments", narrows: true },
  },
  { name: "compare_comment_groups", url: "/api/comments/groups", description: "Feeling and unmet needs of comments by touchpoint, channel, stage, environment, product, survey, source, team, department or member, as read and corrected for what the model reads wrongly.", short: { rows: { of: "groups", atOnce: 8 }, without: ["groups.*.needs.*.met"], tables: ["groups.*.needs"] }, screen: { path: "/comments", narrows: true, called: { by: ["by"] } } },
  { name: "list_comments", url: "/api/comments", description: "Comments with what was read in them, newest first (long ones cut, whole by `comment`); narrow by need, polarity, feeling, emotion, language or urgency.", usual: page, short: { without: ["items.*.sentimentScore", "items.*.confidence", "items.*.highlights", "items.*.themes.*.isSet", "items.*.personalData", "items.*.mentions", "items.*.marks", "items.*.corrected", "items.*.modelVersion", "items.*.source", "items.*.surveyId", "items.*.responseId"] }, screen: { path: "/comments", narrows: true, called: readings } },
  {
    name: "list_themes",
    url: "/api/themes",
    description: "What comments are about: themes found in this workspace's own comments, each with its share of the comments (95% interval), change against the period before, feeling, unmet needs, two quotes, and whether it is new or rising beyond what its history explains.", short: { rows: { of: "items", atOnce: 8 }, first: { "items.*.quotes": 2, "items.*.unmetNeeds": 2 }, without: ["trendDays", "trendCounts", "items.*.trend", "items.*.words", "items.*.language", "items.*.state", "items.*.madeBy", "items.*.madeAt", "items.*.mergedInto", "items.*.merged", "discovery", "commentsMin", "commentsRead"] }, screen: { path: "/themes", narrows: true, called: readings },
  },
  {
    name: "list_alerts",
    url: "/api/alerts",
    description: "What moved beyond what chance explains, newest first: scores, needs, themes, response rates and how much comes in, each with value, what was expected, the interval of the difference, how often chance does this, and the days or hours it rests on.", usual: page, short: { without: ["items.*.evidence.points", "items.*.ruleId", "items.*.opinions", "items.*.isQuiet", "items.*.isFromHistory", "items.*.tone", "items.*.snoozedUntil"] }, screen: { path: "/alerts" },
  },
  {
    name: "rank_drivers",
    url: "/api/surveys/:id/drivers",
    description: "Which answers of a survey go along with its outcome (such as recommending), and how much: shares of explained variance with bootstrap intervals, ranks, penalty and reward, and warnings to pass on. Ids of surveys: compare_groups by survey.", short: { named: { rows: "result.factors", by: "factor", from: "questions" }, without: ["questions", "dimensions", "circumstances", "traits", "factors", ...["lmg", "johnson", "johnsonShare", "first", "last", "pratt", "slope", "vif", "missingInfo", "min", "max", "n"].map((name) => `result.factors.*.${name}`)] }, screen: { path: "/drivers", called: { id: ["survey"], outcome: ["outcome"] } },
  },
  { name: "list_driver_answers", url: "/api/surveys/:id/drivers/answers", description: "The answers and customers behind a part of a factor of rank_drivers (rated low, need unmet, touchpoint met), lowest outcome first; only for keys that may see customers. Give the same filters.", usual: page, screen: { path: "/drivers", called: { id: ["survey"], factor: ["behind"], part: ["part"] } } },
  {
    name: "compare_outcomes",
    url: "/api/outcomes/groups",
    description: "What customers did afterwards, by what they felt (their last score or an unmet need) or by a trait: the share that bought again and the share that left, amounts per customer, each with its interval, and tests of the difference.", screen: outcomes,
  },
  { name: "show_retention", url: "/api/outcomes/survival", description: "The share of customers still there over time (Kaplan–Meier), by feeling, need or trait, with intervals, how many were still watched, medians and the log-rank test.", short: { without: ["curves.*.marks"], spread: { "curves.*.points": 10 }, tables: ["curves.*.points"] }, screen: outcomes },
  { name: "show_cohorts", url: "/api/outcomes/cohorts", description: "The share of customers who bought again in each week or month after their first purchase, with intervals.", short: { rows: { of: "cohorts", atOnce: 13 }, without: ["cohorts.*.cells.*.amount"], tables: ["cohorts.*.cells", "all"] }, screen: outcomes },
  { name: "list_outcome_choices", url: "/api/outcomes/choices", description: "Which facts, amounts and traits outcomes can be made of here, and what is taken when nobody says.", screen: { path: "/outcomes" } },
  {
    name: "measure_needs",
    url: "/api/need-facts",
    description: "The six needs from facts instead of words: repeated contacts, channel switches, promises broken, silence, repeated questions, time to remedy; each with its cases, the share over the limit with interval, and its change.", short: { without: ["measures.*.change.z"] }, screen: { path: "/comments", narrows: true },
  },
  { name: "show_need_course", url: "/api/need-facts/course", description: "One measure of a need from facts over time: the share of cases over its limit by day, week or month, with intervals.", short: { without: ["points.*.to"], tables: ["points"] }, screen: needs },
  { name: "compare_need_groups", url: "/api/need-facts/groups", description: "One measure of a need from facts by touchpoint, channel, team, segment or trait, each against all other cases, corrected for many comparisons.", short: { rows: { of: "groups", atOnce: 20 }, without: ["groups.*.versusRest.z"] }, screen: needs },
  { name: "list_need_cases", url: "/api/need-facts/cases", description: "The cases and customers behind one measure of a need, worst first; only for keys that may see customers.", usual: page, screen: needs },
  { name: "list_notes_on_days", url: "/api/annotations", description: "What people noted on days, or on stretches of days (day to lastDay), such as a new price list, and who wrote it: a reason a number may have turned.", usual: page },
];

const routes: readonly Route[] = [
  ...alertsRoutes, ...annotationsRoutes, ...commentsRoutes, ...driversRoutes, ...explanationsRoutes, ...metricsRoutes, ...needFactsRoutes, ...outcomesRoutes, ...themesRoutes,
];

/** All questions there are, whoever asks. */
export const assistantTools: readonly Tool[] = wanted.map(({ name, url, description, short = {}, usual = {}, screen = null }) => {
  const route = routes.find((one) => one.method === "GET" && one.url === url);
  if (route === undefined) throw new Error(`No route answers ${url} for the tool ${name}.`);
  return { name, description, short, usual, screen, route };
});

/** The questions somebody may ask, by the abilities of the key. All of them read only. */
export const listTools = (actor: Actor): readonly Tool[] => assistantTools.filter(({ route }) => !("ability" in route.access) || can(actor, route.access.ability));
