import { z } from "zod";

export const groupRow = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  kind: z.string().nullable().describe("What sort of group it says it is: its trait `kind`, else `type`."),
  traits: z.record(z.string(), z.unknown()),
  customers: z.number(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable().describe("When any of its customers was seen last; null while it has none."),
});
export type GroupRow = z.infer<typeof groupRow>;
