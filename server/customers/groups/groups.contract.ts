import { z } from "zod";

export const groupRow = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  traits: z.record(z.string(), z.unknown()),
  customers: z.number(),
  firstSeenAt: z.iso.datetime(),
});
export type GroupRow = z.infer<typeof groupRow>;
