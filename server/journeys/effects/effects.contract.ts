// What goes with meeting a touchpoint, a connection, a loop or a silence, or with coming by a route: shapes of questions and answers.
import { z } from "zod";
import { LEFT_AFTER_DAYS, moneyShown } from "../definitions/definitions.contract.ts";
import { pathCuts, pathLevel, pathQuery } from "../paths/paths.contract.ts";
import { namesFilter, shownPeriod } from "../paths/selection.contract.ts";

export const outcomeNames = ["goal", "leaving", "feeling", "effort", "repeat_contact", "revenue"] as const;
export const outcomeName = z.enum(outcomeNames);
export type OutcomeName = z.infer<typeof outcomeName>;

// Every further one doubles the groups within which customers are compared; with thirty-one they would fit into no memory.
const ALIKE_MAX = 5;
const segmentIds = z
  .union([z.uuid(), z.array(z.uuid()).max(ALIKE_MAX)], { error: `takes ids of at most ${ALIKE_MAX} segments` })
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

export const effectsQuery = pathQuery.extend({
  outcome: outcomeName
    .default("goal")
    .describe("goal: one of the names in `goal` is met afterwards; leaving: not seen again; feeling, effort: mean of scores given afterwards; repeat_contact: turned to support twice within seven days afterwards; revenue: sum of purchases afterwards"),
  goal: namesFilter.describe("what is to be reached, as steps are called"),
  leftAfterDays: z.coerce.number().int().min(1).max(730).default(LEFT_AFTER_DAYS),
  silenceDays: z.coerce.number().min(0.01).max(365).default(7).describe("a longer wait for the next step counts as a silence"),
  alike: segmentIds.describe(`at most ${ALIKE_MAX} segments: who is in one is only compared with others who are in it`),
});
export type EffectsQuery = z.infer<typeof effectsQuery>;

const count = z.number().int();
const side = z.object({ count, mean: z.number().nullable() });

export const effectKind = z.enum(["touchpoint", "edge", "loop", "silence"]);
export type EffectKind = z.infer<typeof effectKind>;

/** worse, better: beyond what shuffled labels reach. chance: within it. thin: below 30 on a side, nothing can be said. */
export const verdict = z.enum(["worse", "better", "chance", "thin"]);
export type Verdict = z.infer<typeof verdict>;

const evidence = {
  point: z.string().nullable().describe("what those with it met most often right before; of a route its last step; null: nothing, it began the path"),
  with: side.describe("paths with it of which the outcome afterwards is known"),
  without: side.describe("paths that reached the same point and never met it; a goal counts wherever on the path it was reached"),
  compared: z
    .object({
      with: count, without: count, withMean: z.number(), withoutMean: z.number(),
      difference: z.number(), low: z.number(), high: z.number(),
      band: z.number().describe("shuffled labels stay within minus and plus this in 95 of 100 rounds, whatever they are most extreme at"),
      p: z.number(),
    })
    .nullable()
    .describe("with minus without among those who are alike: the same step before (of a route: the same last step), about as many steps so far, the same channel of first contact, the goal already reached or not; of edges and loops without those who went straight to the goal instead; null: below 30 on a side"),
  verdict,
  cost: z.number().nullable().describe("of the bad verdicts: difference times paths with it, in the unit of the outcome"),
  examples: z.array(z.object({ customerId: z.uuid(), name: z.string().nullable() })).describe("at most five with it, those for whom it ended badly first"),
};

export const effect = z.object({
  kind: effectKind,
  node: z.string(),
  previous: z.string().nullable().describe("of an edge what comes before; of a loop what lies between, null when it follows itself"),
  ...evidence,
});
export type Effect = z.infer<typeof effect>;

/** A way of several steps to the last of them, taken by several paths. */
export const routeEffect = z.object({
  steps: z.array(z.string()).describe("repeats of one step in a row are told once"),
  isFromStart: z.boolean().describe("whether the path began with the first of them; else they stand anywhere on it"),
  ...evidence,
});
export type RouteEffect = z.infer<typeof routeEffect>;

export const effectsReply = z.object({
  period: shownPeriod,
  level: pathLevel,
  cut: z.enum(pathCuts),
  outcome: outcomeName,
  goal: z.array(z.string()),
  worse: z.enum(["lower", "higher"]).describe("which way of the difference is bad"),
  money: moneyShown.nullable(),
  paths: count,
  customers: count,
  sampledShare: z.number().describe("of the customers, always the same ones; 1: all"),
  longPaths: count.describe("of which only the first 1,000 steps were looked at"),
  pathsLeftOut: count.describe("of customers with more than 1,000 paths the later ones, and of more than 200,000 paths those of customers who have most"),
  namesLeftOut: count.describe("names of steps rarer than the 1,000 that most paths meet: they stand on paths as other steps, and were not compared"),
  marksLeftOut: count.describe("scores, contacts or payments that were not looked at: the later ones of more than 1,000 on a path, or of customers with very many"),
  tested: count,
  leftOut: count.describe("rarer ones that were not looked at"),
  isComplete: z.boolean().describe("false: time ran out before all were looked at"),
  rounds: count.describe("how often labels were shuffled"),
  routes: z
    .object({
      tested: count, leftOut: count, isComplete: z.boolean(),
      items: z.array(routeEffect).describe("in the same order as the steps; of routes that the same paths took the longest alone"),
    })
    .describe("ways by which customers came to a step against other ways to the same step, tested by themselves"),
  items: z.array(effect).describe("what costs most first, then what goes along with good outcomes, then what chance explains, then what is too rare"),
});
export type EffectsReply = z.infer<typeof effectsReply>;

export const outcomesReply = z.object({
  goals: z.array(z.object({ name: z.string(), paths: count, isLikely: z.boolean() })).describe("the 1,000 names that most paths meet, likely goals first"),
  scores: count.describe("scores given in the period"),
  effortScores: count,
  contacts: z.array(z.string()).describe("touchpoints that count as turning to support"),
  money: moneyShown.nullable(),
});
export type OutcomesReply = z.infer<typeof outcomesReply>;
