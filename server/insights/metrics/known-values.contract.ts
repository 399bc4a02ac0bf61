import { z } from "zod";
import type { NarrowingName } from "./metrics.contract.ts";

/** Whatever everything can be narrowed to but traits, which go by their name; a test holds the list to what metrics take. */
export const knownNames = ["touchpoint", "channel", "stage", "survey", "segment", "persona", "environment", "product", "source", "team", "department", "member"] as const satisfies readonly NarrowingName[];

/** What can be chosen from. Traits go by their name, `trait:plan`. */
export const knownBy = z.union([z.enum(knownNames), z.templateLiteral(["trait:", z.string().min(1).max(100)])]);
export type KnownBy = z.infer<typeof knownBy>;

const several = z.union([z.string().max(300), z.array(z.string().max(300)).max(50)]).transform((given) => (typeof given === "string" ? [given] : given));

export const knownValuesQuery = z.object({
  by: knownBy.describe("one of the filters, or trait:<name of a trait>"),
  search: z.string().trim().max(100).default("").describe("part of a name, in capitals or not"),
  chosen: several.optional().describe("values that were chosen before, by repeating the key: they come with their names, whether they are among the first or not"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const knownValue = z.object({
  value: z.string().nullable().describe("null: not named; as a filter write the empty text"),
  label: z.string().nullable().describe("what a person should read; null when value is"),
});
export type KnownValue = z.infer<typeof knownValue>;
export const knownValuesReply = z.object({
  items: z.array(knownValue).describe("those met most often first, then those of the register that were not met yet; what goes by an id by name"),
  chosen: z.array(knownValue),
  isMore: z.boolean().describe("true: there are more; search for them"),
});
export type KnownValuesReply = z.infer<typeof knownValuesReply>;
