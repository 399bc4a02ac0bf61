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

/** One question a program may ask: a reading route of the API under a name that says what it answers. */
export type Tool = { name: string; description: string; route: Route };

const wanted: readonly { name: string; url: string; description: string }[] = [
  {
    name: "summarise_scores",
    url: "/api/metrics/summary",
    description: "NPS, CSAT and CES of a period with count, 95% interval, distribution and the change against the period before (difference, p, whether it is significant).",
  },
  {
    name: "explain_change",
    url: "/api/explanations",
    description: "Why a metric moved against the period before: whether it did as alerts and Home decide it (quote this p), how much each group brought by moving itself and by growing or shrinking, in the splits and groups that tell most (`top` for more), and, as far as the key may read them, unmet needs that moved in comments (quote `corrected` with its interval) and notes on those days.",
  },
  { name: "show_trend", url: "/api/metrics/trend", description: "One metric by day, week or month, each point with its count and interval. Ask list_trend_breaks beside it before saying that it rose or fell." },
  {
    name: "list_trend_breaks",
    url: "/api/metrics/breaks",
    description: "Where the course of a metric must not be read across: the question was reworded, scale, channel mix or weights changed, comments were read by another model, or the formula was changed.",
  },
  {
    name: "compare_groups",
    url: "/api/metrics/breakdown",
    description: "One metric by touchpoint, channel, stage, environment, product, survey, source, team, department, member (as they were then), segment, persona, trait (only for keys that may see customers), language, emotion, month or weekday, each group tested against the rest and corrected for many comparisons.",
  },
  { name: "list_answers", url: "/api/metrics/answers", description: "The answers behind a number, newest first: score, comment, where and when; for keys that may not see customers without whose they are, and with personal data as its kind in brackets." },
  {
    name: "summarise_comments",
    url: "/api/comments/summary",
    description: "What comments say: feeling, the six needs (met and unmet), emotions, urgent ones, as shares as they were read and corrected for what the model reads wrongly (quote `corrected` with its 95% interval), and their change against the period before.",
  },
  { name: "compare_comment_groups", url: "/api/comments/groups", description: "Feeling and unmet needs of comments by touchpoint, channel, stage, environment, product, survey, source, team, department or member, as read and corrected for what the model reads wrongly." },
  { name: "list_comments", url: "/api/comments", description: "Comments with what was read in them and the words that carried it, newest first; narrow by need, polarity, feeling, emotion, language or urgency." },
  {
    name: "list_themes",
    url: "/api/themes",
    description: "What comments are about: themes found in this workspace's own comments, each with its share of the comments (95% interval), change against the period before, feeling, unmet needs, three quotes, and whether it is new or rising beyond what its history explains.",
  },
  {
    name: "list_alerts",
    url: "/api/alerts",
    description: "What moved beyond what chance explains, newest first: scores, needs, themes, response rates and how much comes in, each with value, what was expected, the interval of the difference, how often chance does this, and the days or hours it rests on.",
  },
  {
    name: "rank_drivers",
    url: "/api/surveys/:id/drivers",
    description: "Which answers of a survey go along with its outcome (such as recommending), and how much: shares of explained variance with bootstrap intervals, ranks, penalty and reward, and warnings to pass on. Ids of surveys: compare_groups by survey.",
  },
  { name: "list_driver_answers", url: "/api/surveys/:id/drivers/answers", description: "The answers and customers behind a part of a factor of rank_drivers (rated low, need unmet, touchpoint met), lowest outcome first; only for keys that may see customers. Give the same filters." },
  {
    name: "compare_outcomes",
    url: "/api/outcomes/groups",
    description: "What customers did afterwards, by what they felt (their last score or an unmet need) or by a trait: the share that bought again and the share that left, amounts per customer, each with its interval, and tests of the difference.",
  },
  { name: "show_retention", url: "/api/outcomes/survival", description: "The share of customers still there over time (Kaplan–Meier), by feeling, need or trait, with intervals, how many were still watched, medians and the log-rank test." },
  { name: "show_cohorts", url: "/api/outcomes/cohorts", description: "The share of customers who bought again in each week or month after their first purchase, with intervals." },
  { name: "list_outcome_choices", url: "/api/outcomes/choices", description: "Which facts, amounts and traits outcomes can be made of here, and what is taken when nobody says." },
  {
    name: "measure_needs",
    url: "/api/need-facts",
    description: "The six needs from facts instead of words: repeated contacts, channel switches, promises broken, silence, repeated questions, time to remedy; each with its cases, the share over the limit with interval, and its change.",
  },
  { name: "show_need_course", url: "/api/need-facts/course", description: "One measure of a need from facts over time: the share of cases over its limit by day, week or month, with intervals." },
  { name: "compare_need_groups", url: "/api/need-facts/groups", description: "One measure of a need from facts by touchpoint, channel, team, segment or trait, each against all other cases, corrected for many comparisons." },
  { name: "list_need_cases", url: "/api/need-facts/cases", description: "The cases and customers behind one measure of a need, worst first; only for keys that may see customers." },
  { name: "list_notes_on_days", url: "/api/annotations", description: "What people noted on days, or on stretches of days (day to lastDay), such as a new price list, and who wrote it: a reason a number may have turned." },
];

const routes: readonly Route[] = [
  ...alertsRoutes, ...annotationsRoutes, ...commentsRoutes, ...driversRoutes, ...explanationsRoutes, ...metricsRoutes, ...needFactsRoutes, ...outcomesRoutes, ...themesRoutes,
];

const tools: readonly Tool[] = wanted.map(({ name, url, description }) => {
  const route = routes.find((one) => one.method === "GET" && one.url === url);
  if (route === undefined) throw new Error(`No route answers ${url} for the tool ${name}.`);
  return { name, description, route };
});

/** The questions somebody may ask, by the abilities of the key. All of them read only. */
export const listTools = (actor: Actor): readonly Tool[] => tools.filter(({ route }) => !("ability" in route.access) || can(actor, route.access.ability));
