// What the server and its analytics process say to each other.
import { z } from "zod";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const request = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("start"),
    id: z.number(),
    path: z.string(),
    connectionString: z.string(),
    memoryMb: z.number(),
    threads: z.number(),
    logLevel: z.string(),
  }),
  z.object({ kind: z.literal("query"), id: z.number(), sql: z.string(), values: z.array(value), timeoutMs: z.number(), queueMs: z.number(), limitRows: z.number() }),
  z.object({ kind: z.literal("reading"), id: z.number() }),
  z.object({ kind: z.literal("portion"), id: z.number(), reading: z.uuid(), sql: z.string().nullable(), values: z.array(value), timeoutMs: z.number() }),
  z.object({ kind: z.literal("endReading"), id: z.number(), reading: z.uuid() }),
  z.object({ kind: z.literal("status"), id: z.number() }),
  z.object({ kind: z.literal("caughtUp"), id: z.number() }),
  z.object({ kind: z.literal("rebuild"), id: z.number() }),
  z.object({ kind: z.literal("rename"), id: z.number(), workspaceId: z.string() }),
  z.object({ kind: z.literal("restaff"), id: z.number(), workspaceId: z.string() }),
  z.object({
    kind: z.literal("gather"), id: z.number(), workspaceId: z.string(),
    sets: z.array(z.object({ id: z.uuid(), condition: z.string(), values: z.array(z.unknown()), version: z.string(), isTimed: z.boolean() })),
  }),
  z.object({ kind: z.literal("ping"), id: z.number() }),
  z.object({ kind: z.literal("stop"), id: z.number() }),
]);
export type AnalyticsRequest = z.infer<typeof request>;

export const report = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), id: z.number(), result: z.unknown() }),
  z.object({ kind: z.literal("failed"), id: z.number(), message: z.string() }),
  z.object({ kind: z.literal("advanced"), workspaceIds: z.array(z.string()) }),
]);
export type AnalyticsReport = z.infer<typeof report>;
