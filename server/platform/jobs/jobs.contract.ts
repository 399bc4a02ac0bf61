import { z } from "zod";

export const failedJob = z.object({
  id: z.string(),
  name: z.string(),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  lastError: z.string(),
  failedAt: z.iso.datetime(),
  nextRunAt: z.iso.datetime().nullable().describe("When it is tried again; null when its attempts are used up."),
});
export type FailedJobItem = z.infer<typeof failedJob>;
