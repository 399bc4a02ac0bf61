import { z } from "zod";

export const demoState = z.enum(["none", "loading", "ready", "removing"]);

/** Where the demo company stands. Counts are records: facts and feelings. */
export const demoStatus = z.object({
  state: demoState,
  workspaceId: z.uuid().nullable(),
  done: z.number().int().describe("records loaded or removed so far"),
  total: z.number().int().describe("records in all; an estimate while loading"),
});
export type DemoStatus = z.infer<typeof demoStatus>;

export const loadDemoBody = z.object({
  seed: z.number().int().min(1).max(2_147_483_647).default(1).describe("another seed gives another company's year"),
  scale: z.number().min(0.02).max(20).default(1).describe("1 is about 2,500 customers and 60,000 interactions"),
});
/** What the start command takes: text, and up to some sixty million interactions, which nobody should get with a click. */
export const demoScaleSchema = z.string().trim().min(1).transform(Number).pipe(z.number().min(0.02).max(1_000));
export type LoadDemoBody = z.infer<typeof loadDemoBody>;

/** What the demo workspace remembers of its loading, among its settings. Times are milliseconds since 1970. */
export const demoNote = z.object({
  state: demoState,
  seed: z.number(),
  scale: z.number(),
  now: z.number(),
  importId: z.uuid(),
  surveyIds: z.partialRecord(z.enum(["relationship", "delivery", "support", "shop"]), z.uuid()).default({}),
  reviewSourceIds: z.partialRecord(z.enum(["App review", "Product review"]), z.uuid()).default({}),
  done: z.number().int(),
  total: z.number().int(),
});
export type DemoNote = z.infer<typeof demoNote>;
