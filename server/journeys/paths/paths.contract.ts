// What may be asked about the paths customers really took, and what the answers look like.
import { z } from "zod";
import { journeyFilters, NAME_MAX, namesFilter, shownPeriod } from "./selection.contract.ts";

export const pathLevels = ["touchpoint", "name", "stage"] as const;
export const pathLevel = z.enum(pathLevels).describe("what a step is called by: the touchpoint, the name of the event, or the stage");
export type PathLevel = z.infer<typeof pathLevel>;

export const pathCuts = ["customer", "session", "object", "touchpoint"] as const;

const name = z.string().min(1).max(NAME_MAX);
const seconds = z.coerce.number().min(0).max(3_155_760_000);

/** Where one path ends and the next begins. */
export type PathCut =
  | { by: "customer" }
  | { by: "session"; gapS: number }
  | { by: "object"; property: string }
  | { by: "touchpoint"; starts: string[]; ends: string[] };

/** Which paths are asked for; all given conditions hold. */
export type PathFilters = {
  startsWith?: string[] | undefined;
  endsWith?: string[] | undefined;
  passes?: string[] | undefined;
  avoids?: string[] | undefined;
  repeats?: { name: string; times: number } | undefined;
  follows?: { first: string; then: string; isDirect: boolean; withinS: number | null } | undefined;
  /** Each as `name=value`: something on the path carries this property. */
  properties?: string[] | undefined;
  variant?: string | undefined;
};

const attribute = z.string().max(500).regex(/^[^=]{1,200}=[\s\S]{1,200}$/u, "write it as name=value");
const attributes = z
  .union([attribute, z.array(attribute).max(5)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

const pathQueryFields = {
  ...journeyFilters,
  level: pathLevel.default("touchpoint"),
  cut: z.enum(pathCuts).default("customer").describe("a path is all of one customer, one visit, all that concerns one object, or from one touchpoint to another"),
  gapMinutes: z.coerce.number().min(0.01).max(1_000_000).default(30).describe("cut by session: a longer gap begins the next visit"),
  object: z.string().trim().min(1).max(200).optional().describe("cut by object: the property that names it, such as order_id or order.id"),
  start: namesFilter.describe("cut by touchpoint: each of these begins a path"),
  end: namesFilter.describe("cut by touchpoint: each of these ends one"),
  startsWith: namesFilter,
  endsWith: namesFilter,
  passes: namesFilter.describe("every one of these is met"),
  avoids: namesFilter.describe("none of these is met"),
  repeats: name.optional().describe("this is met at least repeatsTimes times"),
  repeatsTimes: z.coerce.number().int().min(1).max(1_000_000).default(2),
  followsFirst: name.optional().describe("followsThen comes after this"),
  followsThen: name.optional(),
  followsHow: z.enum(["directly", "later"]).default("directly"),
  followsWithinS: seconds.optional().describe("at most so many seconds after"),
  property: attributes.describe("name=value: something on the path carries this property, such as payment=card or order.kind=gift; of several, every one; needs customers.read"),
  trait: attributes.describe("name=value: the customer has this trait now, in large or small letters; of several, every one; needs customers.read"),
  variant: z.string().regex(/^\d{1,20}$/u).optional().describe("exactly this variant"),
};
export const pathQuery = z.object(pathQueryFields);
export type PathQuery = z.infer<typeof pathQuery>;

/** What every reply says about what it counted. */
const asked = {
  period: shownPeriod,
  level: pathLevel,
  cut: z.enum(pathCuts),
};

const count = z.number().int();

const framePx = z.coerce.number().int().min(100).max(10_000).optional();

export const graphQuery = z.object({
  ...pathQueryFields,
  detail: z.coerce.number().min(0).max(1).optional().describe("share of the most a picture can hold, 60 touchpoints and 120 connections; the rest is summed as other. Without it 0.4, or as much of it as can be read in the frame"),
  width: framePx.describe("of the frame it is shown in, in pixels; with a height, it is placed so that it is the largest there"),
  height: framePx.describe("of the frame, in pixels"),
  measures: z.enum(["counts", "all"]).default("all").describe("counts leaves out customers, medians and feelings, and is there at once"),
});
export type GraphQuery = z.infer<typeof graphQuery>;

export const nodeFeeling = z.object({
  mean: z.number().nullable().describe("of what customers said here, −1…1"),
  count,
  readMean: z.number().nullable().describe("of what a model read in comments here, −1…1"),
  readCount: count,
});
export type NodeFeeling = z.infer<typeof nodeFeeling>;

export const graphNode = z.object({
  id: z.string(),
  name: z.string().nullable().describe("null for all that is left out of the picture, summed"),
  inside: count.describe("how many names it stands for"),
  count: count.describe("how often it was met"),
  customers: count.nullable(),
  starts: count.describe("paths that begin here"),
  ends: count.describe("paths that end here"),
  loops: count.describe("times it came right after itself"),
  feeling: nodeFeeling.nullable(),
  x: z.number(), y: z.number(), width: z.number(), height: z.number(),
});
export type GraphNode = z.infer<typeof graphNode>;

export const graphEdge = z.object({
  id: z.string(),
  from: z.string(), to: z.string(),
  count,
  customers: count.nullable(),
  meanS: z.number(),
  medianS: z.number().nullable(),
  p90S: z.number().nullable(),
  points: z.array(z.object({ x: z.number(), y: z.number() })).describe("where the line goes"),
});
export type GraphEdge = z.infer<typeof graphEdge>;

export const pathTotals = z.object({
  steps: count,
  paths: count,
  customers: count.nullable(),
  names: count.describe("different touchpoints, events or stages"),
  edges: count.describe("different connections"),
  transitions: count.describe("how often one step came right after another: steps less paths"),
  startNames: count,
  endNames: count,
  ofNobody: count.nullable().describe("interactions that belong to nobody known and are on no path"),
});

export const graphReply = z.object({
  ...asked,
  totals: pathTotals,
  nodes: z.array(graphNode),
  edges: z.array(graphEdge),
  leftOut: z.object({ names: count, steps: count, edges: count, transitions: count }),
  detail: z.number().describe("share of the most a picture can hold that it was drawn with"),
  width: z.number(), height: z.number(),
});
export type GraphReply = z.infer<typeof graphReply>;

export const namesQuery = z.object({ ...journeyFilters, level: pathLevel.default("touchpoint") });
export type NamesQuery = z.infer<typeof namesQuery>;
export const namesReply = z.object({ names: z.array(z.string()).describe("at most 1,000, the most met first") });
export type NamesReply = z.infer<typeof namesReply>;

export const copyingReply = z.object({ isBehind: z.boolean().describe("figures grow while they are looked at"), waiting: count.describe("facts that came in, of all workspaces, and are not counted yet") });
export type CopyingReply = z.infer<typeof copyingReply>;

const knownAttribute = z.object({ name: z.string(), values: z.array(z.string()).describe("those that were said more than once, the most frequent first") });
export const attributesReply = z.object({
  properties: z.array(knownAttribute).describe("of the 5,000 interactions that arrived last"),
  traits: z.array(z.string()).describe("names of traits of all customers, those said most of the customers met last first; at most 500"),
});
export type AttributesReply = z.infer<typeof attributesReply>;
export type KnownAttribute = z.infer<typeof knownAttribute>;

export const traitValuesQuery = z.object({ name: z.string().regex(/^[^=]{1,200}$/u), search: z.string().max(200).default("").describe("letters a value holds") });
export const traitValuesReply = z.object({ values: z.array(z.string()).describe("at most 50, those said most often first") });
export type TraitValuesReply = z.infer<typeof traitValuesReply>;

export const variantsQuery = z.object({ ...pathQueryFields, limit: z.coerce.number().int().min(1).max(100).default(20) });
export type VariantsQuery = z.infer<typeof variantsQuery>;

export const variantRow = z.object({
  id: z.string().describe("for the filter variant"),
  path: z.array(z.string()).describe("at most the first 100 steps"),
  length: count,
  paths: count,
  customers: count,
  share: z.number().describe("0–1 of all paths"),
  meanS: z.number().describe("from first to last step"),
  medianS: z.number(),
  lastAt: z.iso.datetime(),
});
export type VariantRow = z.infer<typeof variantRow>;

export const variantsReply = z.object({
  ...asked,
  paths: count,
  variants: count,
  steps: count,
  longest: count.describe("steps of the longest path"),
  items: z.array(variantRow),
});
export type VariantsReply = z.infer<typeof variantsReply>;

export const flowQuery = z.object({
  ...pathQueryFields,
  steps: z.coerce.number().int().min(2).max(12).default(6),
  perStep: z.coerce.number().int().min(1).max(20).default(7).describe("most names of a step; all others are summed"),
});
export type FlowQuery = z.infer<typeof flowQuery>;

const flowNode = z.object({ id: z.string(), step: count, name: z.string().nullable(), kind: z.enum(["named", "other", "left"]), paths: count });
const flowLink = z.object({ from: z.string(), to: z.string(), paths: count });
export const flowReply = z.object({ ...asked, paths: count, nodes: z.array(flowNode), links: z.array(flowLink) });
export type FlowReply = z.infer<typeof flowReply>;
export type FlowNode = z.infer<typeof flowNode>;
export type FlowLink = z.infer<typeof flowLink>;

export const funnelModes = ["ordered", "strict", "any"] as const;
export const funnelQuery = z.object({
  ...pathQueryFields,
  step: namesFilter.describe("the steps in their order, at most ten"),
  mode: z.enum(funnelModes).default("ordered").describe("ordered: each somewhere after the one before; strict: each right after it; any: all met, in whatever order"),
});
export type FunnelQuery = z.infer<typeof funnelQuery>;
export const funnelReply = z.object({
  ...asked,
  mode: z.enum(funnelModes),
  steps: z.array(z.object({
    name: z.string(), paths: count, customers: count,
    share: z.number().nullable().describe("0–1 of the first step"), stepShare: z.number().nullable().describe("0–1 of the step before"),
    medianS: z.number().nullable().describe("since the step before; ordered only"),
  })),
});
export type FunnelReply = z.infer<typeof funnelReply>;

export const returnQuery = z.object({
  ...pathQueryFields,
  unit: z.enum(["day", "week", "month"]).default("week").describe("1, 7 or 30 days of 24 hours since the first"),
  first: name.optional().describe("where on the paths asked for counting begins, for those who never met it before the period; without it, with whatever was met first"),
  back: name.optional().describe("what counts as coming back; without it, anything. Where paths are cut, it comes on another path than the first: another visit, another order"),
  most: z.coerce.number().int().min(1).max(30).default(12),
});
export type ReturnQuery = z.infer<typeof returnQuery>;
export const returnReply = z.object({
  ...asked,
  customers: count.describe("met on a path asked for in the period, and never before it through the channels asked for, on whatever path; with first: never there before it"),
  points: z.array(z.object({
    unit: count, eligible: count.describe("customers whose time for it was over by the end of the period, and of all that is known"), returned: count,
    share: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(),
  })),
});
export type ReturnReply = z.infer<typeof returnReply>;

export const silencesQuery = z.object({ ...pathQueryFields, longerThanHours: z.coerce.number().min(0).max(1_000_000).default(168) });
export type SilencesQuery = z.infer<typeof silencesQuery>;
export const silencesReply = z.object({
  ...asked,
  longerThanHours: z.number(),
  silences: z.array(z.object({ from: z.string(), to: z.string(), count, customers: count, medianS: z.number(), longestS: z.number() })).describe("silences that ended, the most frequent first"),
  silent: z.array(z.object({ name: z.string(), customers: count, medianS: z.number() })).describe("where paths ended of customers of whom nothing was heard since then, until the end of the period or of all that is known"),
});
export type SilencesReply = z.infer<typeof silencesReply>;

export const placeQuery = z.object({
  ...pathQueryFields,
  node: name.describe("who met this"),
  previous: name.optional().describe("right after this"),
});
export type PlaceQuery = z.infer<typeof placeQuery>;
export const placeReply = z.object({
  ...asked,
  count,
  customers: count,
  times: z.object({ minS: z.number(), p10S: z.number(), medianS: z.number(), p90S: z.number(), maxS: z.number(), meanS: z.number() }).nullable().describe("since the step before; null where nothing came before"),
  examples: z.array(z.object({ customerId: z.uuid(), name: z.string().nullable(), count, lastAt: z.iso.datetime() })).describe("at most 20, who met it last first"),
});
export type PlaceReply = z.infer<typeof placeReply>;

export const travellersQuery = z.object({ ...pathQueryFields, customers: z.coerce.number().int().min(1).max(200).default(200) });
export type TravellersQuery = z.infer<typeof travellersQuery>;
export const travellersReply = z.object({
  ...asked,
  travellers: z.array(z.object({ customerId: z.uuid(), steps: z.array(z.object({ name: z.string(), at: z.iso.datetime() })).describe("at most the first 100") })),
});
export type TravellersReply = z.infer<typeof travellersReply>;
