import { can } from "#platform/access";
import type { Actor } from "#platform/access";
import type { Route } from "#platform/http";
import { annotationsRoutes } from "../annotations/annotations.routes.ts";
import { commentsRoutes } from "../comments/comments.routes.ts";
import { explanationsRoutes } from "../explanations/explanations.routes.ts";
import { metricsRoutes } from "../metrics/metrics.routes.ts";

/** One question a program may ask: a reading route of the API under a name that says what it answers. */
export type Tool = { name: string; description: string; route: Route };

const wanted: readonly { name: string; url: string; description: string }[] = [
  {
    name: "summarise_scores",
    url: "/api/metrics/summary",
    description: "NPS, CSAT and CES of a period with count, 95 % interval, distribution and the change against the period before (difference, p, whether it is significant).",
  },
  {
    name: "explain_change",
    url: "/api/explanations",
    description: "Why a metric moved against the period before: how much each group brought by moving itself and by growing or shrinking, unmet needs that moved in comments, and notes on those days.",
  },
  { name: "show_trend", url: "/api/metrics/trend", description: "One metric by day, week or month, each point with its count and interval." },
  {
    name: "compare_groups",
    url: "/api/metrics/breakdown",
    description: "One metric by touchpoint, channel, stage, survey or another split, each group tested against the rest and corrected for many comparisons.",
  },
  { name: "list_answers", url: "/api/metrics/answers", description: "The answers behind a number, newest first: score, comment, where and when." },
  {
    name: "summarise_comments",
    url: "/api/comments/summary",
    description: "What comments say: feeling, the six needs (met and unmet), emotions, urgent ones, as shares with intervals and their change against the period before.",
  },
  { name: "compare_comment_groups", url: "/api/comments/groups", description: "Feeling and unmet needs of comments by touchpoint, channel, stage, survey or source." },
  { name: "list_comments", url: "/api/comments", description: "Comments with what was read in them and the words that carried it, newest first; narrow by need, polarity, feeling, emotion, language or urgency." },
  { name: "list_notes_on_days", url: "/api/annotations", description: "What people noted on days, such as a new price list: a reason a number may have turned." },
];

const routes: readonly Route[] = [...annotationsRoutes, ...commentsRoutes, ...explanationsRoutes, ...metricsRoutes];

const tools: readonly Tool[] = wanted.map(({ name, url, description }) => {
  const route = routes.find((one) => one.method === "GET" && one.url === url);
  if (route === undefined) throw new Error(`No route answers ${url} for the tool ${name}.`);
  return { name, description, route };
});

/** The questions somebody may ask, by the abilities of the key. All of them read only. */
export const listTools = (actor: Actor): readonly Tool[] => tools.filter(({ route }) => !("ability" in route.access) || can(actor, route.access.ability));
