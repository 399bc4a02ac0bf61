import { z } from "zod";
import { moneyShown } from "../definitions/definitions.contract.ts";
import { partId } from "../maps/document.contract.ts";
import { journeyFilters, shownPeriod } from "../paths/selection.contract.ts";

/** missing: planned, not done. ad_hoc: done, nowhere planned. out_of_order: planned, done elsewhere or again. failed: done, and gone wrong. */
export const deviationKind = z.enum(["missing", "ad_hoc", "out_of_order", "failed"]);
export type DeviationKind = z.infer<typeof deviationKind>;

/** A case is all a customer did in the period, or what lies between two silences of so many minutes. */
const cutting = {
  cut: z.enum(["customer", "session"]).default("customer"),
  gapMinutes: z.coerce.number().min(0.01).max(1_000_000).default(30).describe("how long a silence ends a session"),
};

/** Without `segment` the map's own viewpoint decides who is meant; the empty text asks for everybody all the same. */
export const deviationsQuery = z.object({ ...journeyFilters, ...cutting });
export type DeviationsQuery = z.infer<typeof deviationsQuery>;

/** With against without, among customers who are alike in how they came: by which channel, and how long after they were last seen. */
const comparison = z.object({
  with: z.object({ count: z.number().int(), mean: z.number() }).nullable().describe("cases with the deviation of which it is known"),
  without: z.object({ count: z.number().int(), mean: z.number() }).nullable(),
  compared: z
    .object({
      with: z.number().int(), without: z.number().int(), difference: z.number(), low: z.number(), high: z.number(),
      isBeyondChance: z.boolean().describe("zero lies outside the interval, and of all differences in the reply that are told so at most one in twenty is expected to be chance"),
    })
    .nullable()
    .describe("with minus without among those who are alike, weighted as they stand with the deviation; null: not enough evidence, below 30 on a side"),
});
export type DeviationComparison = z.infer<typeof comparison>;

export const deviation = z.object({
  kind: deviationKind,
  part: z.string().describe("the step's id; of ad hoc deviations the touchpoint's name; `fork` and its id where no way of a fork was taken"),
  stepId: partId.nullable(),
  name: z.string(),
  ways: z.array(z.string()).describe("where no way of a fork was taken, the step each begins with; empty elsewhere"),
  cases: z.number().int(),
  share: z.number().describe("of all cases"),
  feeling: comparison.describe("mean of the scores given from the start of the case to seven days after its end, -1 to 1"),
  effort: comparison.describe("the same of scores of effort; 1 is easy"),
  repeatContact: comparison.describe("share who turned to support twice within seven days"),
  leaving: comparison.describe("share not seen for 30 days after their last step on the map; known once these have passed"),
  revenue: comparison.nullable().describe("sum of purchases over the case; in the currency of `money`; null: the data holds no money"),
});
export type Deviation = z.infer<typeof deviation>;

export const deviationsReply = z.object({
  period: shownPeriod,
  segments: z.array(z.object({ id: z.uuid(), name: z.string() })),
  viewpoint: z.enum(["everyone", "segment", "segment_gone", "asked"]),
  cut: z.enum(["customer", "session"]),
  gapMinutes: z.number().nullable(),
  line: z.array(z.object({ stepId: partId, name: z.string(), isOptional: z.boolean() })).describe("steps that data can belong to, in their order"),
  unboundSteps: z.number().int().describe("steps left out because nothing of the data belongs to them"),
  cases: z.number().int().describe("that met a step of the map"),
  besideCases: z.number().int().describe("that met none; they are left out"),
  longCases: z.number().int().describe("longer than 1,000 interactions; they are left out"),
  variants: z.number().int(),
  leftOut: z
    .object({
      interactions: z.number().int().describe("at touchpoints and channels beyond the 20,000 met most: they stand on no path"),
      cases: z.number().int().describe("of the ways taken least, beyond the 300,000 taken most: neither they nor their deviations are counted"),
      deviations: z.object({ missing: z.number().int(), ad_hoc: z.number().int(), out_of_order: z.number().int(), failed: z.number().int() }).describe("of each kind beyond the fifty most frequent"),
    })
    .describe("what is so rare that it was not looked at, or is not told"),
  sampledShare: z.number().describe("of the customers, always the same ones; 1: all"),
  meanFitness: z.number().nullable().describe("1: everybody as planned"),
  asPlanned: z.number().int().describe("cases without any deviation but failures"),
  costs: z.array(z.object({ cost: z.number().int(), cases: z.number().int() })).describe("interactions too many and required steps too few, of each case"),
  money: moneyShown.nullable(),
  contacts: z.array(z.string()).describe("touchpoints that count as turning to support"),
  deviations: z.array(deviation).describe("by kind, the most frequent of each first; at most 200"),
});
export type DeviationsReply = z.infer<typeof deviationsReply>;

export const alignedMove = z.object({
  kind: z.enum(["sync", "missing", "ad_hoc", "out_of_order", "failure"]),
  stepId: partId.nullable(),
  stepName: z.string().nullable(),
  ways: z.array(z.string()).describe("of a missing fork the step each of its ways begins with; empty elsewhere"),
  touchpoint: z.string().nullable().describe("what was met; null of a missing step"),
  channel: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type AlignedMove = z.infer<typeof alignedMove>;

export const alignedCase = z.object({
  customer: z.object({ id: z.uuid(), name: z.string().nullable() }),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  cost: z.number().int(),
  fitness: z.number(),
  moves: z.array(alignedMove).describe("planned and real in one order; a failure stands after what it came after"),
});
export type AlignedCase = z.infer<typeof alignedCase>;

export const alignedCasesReply = z.object({
  items: z.array(alignedCase).describe("at most ten, the latest first"),
  waysLeftOut: z.number().int().describe("of the different ways with it so many rare ones were not looked through for cases: beyond the 2,000 taken most"),
});
export type AlignedCasesReply = z.infer<typeof alignedCasesReply>;
